"use strict";
/* Enhancement only: every page works without this file. */
(function () {
  document.documentElement.classList.add("js");

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-print],[data-speak],[data-copy]");
    if (!button) return;
    if (button.hasAttribute("data-print")) window.print();
    else if (button.hasAttribute("data-copy")) copy(document.getElementById(button.dataset.copy));
    else speak(button);
  });

  function speak(button) {
    var voice = window.speechSynthesis;
    if (voice.speaking) {
      voice.cancel();
      return;
    }
    var words = new SpeechSynthesisUtterance(document.getElementById(button.dataset.speak).innerText);
    words.lang = document.documentElement.lang === "en" ? "en-GB" : "zh-CN";
    words.rate = 0.9;
    voice.speak(words);
  }

  /* Where the clipboard is closed to us the text is marked, ready to be copied by hand. */
  function copy(element) {
    var isField = "value" in element;
    if (isField) element.select();
    else window.getSelection().selectAllChildren(element);
    if (navigator.clipboard) navigator.clipboard.writeText((isField ? element.value : element.innerText).trim());
  }

  if (!("speechSynthesis" in window)) {
    document.querySelectorAll("[data-speak]").forEach(function (button) { button.hidden = true; });
  }

  /* After a refused form the summary takes the focus, so that it is read first. */
  var summary = document.querySelector(".summary");
  if (summary) summary.focus();
})();
