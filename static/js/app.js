"use strict";
/* Enhancement only: every page works without this file. */
(function () {
  document.documentElement.classList.add("js");

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-print],[data-speak]");
    if (!button) return;
    if (button.hasAttribute("data-print")) window.print();
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

  if (!("speechSynthesis" in window)) {
    document.querySelectorAll("[data-speak]").forEach(function (button) { button.hidden = true; });
  }

  /* After a refused form the summary takes the focus, so that it is read first. */
  var summary = document.querySelector(".summary");
  if (summary) summary.focus();
})();
