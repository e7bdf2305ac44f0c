"use strict";
/* Boxes of the minutes: counts signs, saves a box when it is left, and warns before unsaved words are lost. */
(function () {
  var form = document.querySelector("form[data-autosave]");
  if (!form) return;
  var state = form.querySelector("[data-state]");
  var revision = form.querySelector("[name=revision]");
  var saved = words(), busy = false, stopped = false, pressed = null;

  function words() {
    return new URLSearchParams(new FormData(form)).toString();
  }
  function say(text) {
    state.hidden = !text;
    state.textContent = text;
  }
  function save() {
    if (busy || stopped || words() === saved) return;
    var sent = new FormData(form), before = words();
    sent.append("autosave", "1");
    busy = true;
    fetch(form.dataset.autosave, { method: "POST", body: sent, headers: { Accept: "application/json" } })
      .then(function (answer) { return answer.json(); })
      .then(function (said) {
        if (said.revision === undefined) { stopped = said.code === "changed_meanwhile"; say(said.refusal); return; }
        var dirty = words() !== before;
        revision.value = said.revision;
        saved = dirty ? before.replace(/(^|&)revision=\d+/, "$1revision=" + said.revision) : words();
        say(said.done);
      })
      .catch(function () { say(form.dataset.offline); })
      .then(function () {
        busy = false;
        if (pressed) form.requestSubmit(pressed);
      });
  }
  form.querySelectorAll("[data-most]").forEach(function (box) {
    var count = document.createElement("span");
    count.className = "hint";
    box.after(count);
    function show() {
      count.textContent = box.value.length + " / " + box.dataset.most;
      count.classList.toggle("wrong", box.value.length > box.dataset.most);
    }
    box.addEventListener("input", show);
    box.addEventListener("change", save);
    show();
  });
  window.addEventListener("online", save);
  window.addEventListener("beforeunload", function (event) {
    if (words() !== saved) event.preventDefault();
  });
  form.addEventListener("submit", function (event) {
    if (busy) {  // with the revision of what is on its way
      event.preventDefault();
      pressed = event.submitter;
      return;
    }
    saved = words();
  });
})();
