"use strict";
/* Enhancement only: says the number that was called last, and prints a slip without being asked. */
(function () {
  if (document.body.hasAttribute("data-print-now")) window.print();
  var called = document.querySelector("[data-say]");
  if (!called || !window.speechSynthesis) return;
  var call = called.dataset.say + "@" + called.dataset.when;
  try {
    if (window.sessionStorage.getItem("said") === call) return;
    window.sessionStorage.setItem("said", call);
  } catch (error) {
    return;
  }
  var words = new SpeechSynthesisUtterance("请 " + called.dataset.say.split("").join(" ") + " 号到" + called.dataset.where);
  words.lang = "zh-CN";
  words.rate = 0.9;
  window.speechSynthesis.speak(words);
})();
