"use strict";
/* Each line of a session is saved when it is left; without a connection it waits here. */
(function () {
  var form = document.querySelector("form[data-session]");
  if (!form) return;
  var state = form.querySelector("[data-state]"), roll = document.querySelector("[data-roll]");
  var place = "session:" + location.pathname, waiting = load(), busy = false, pressed = null;

  function load() {
    try { return JSON.parse(localStorage[place]); } catch (error) { return {}; }
  }
  function store() {
    try { localStorage[place] = JSON.stringify(waiting); } catch (error) {}
  }
  function say(text) {
    state.hidden = !text;
    state.textContent = text;
  }
  function fields(part) {
    return Array.from(form.elements).filter(function (each) { return each.name.startsWith(part + "-"); });
  }
  function values(part) {
    var found = {};
    fields(part).forEach(function (each) { found[each.name] = each.value; });
    return found;
  }
  /* A waiver is given once, with its time: the buttons save it, and then the decisions that need it. */
  function needsWaiver(part) {
    return ["waiver-0", part.replace("item-", "waiver-")].some(function (waiver) {
      var hands = form.elements[waiver + "-in_favour"];
      return hands && hands.value;
    });
  }
  function isWhole(part) {
    var counts = fields(part).filter(function (each) { return each.dataset.count !== undefined; });
    if (part.startsWith("waiver-") || (counts.length && needsWaiver(part))) return false;
    return counts.every(function (each) { return waiting[part][each.name]; }) || waiting[part][part + "-result"];
  }
  function next() {
    var part = Object.keys(waiting).find(isWhole);
    if (busy) return;
    if (!part) return pressed && form.requestSubmit(pressed);
    var sent = new FormData(), typed = waiting[part];
    sent.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    sent.append("part", part);
    Object.keys(typed).forEach(function (name) { sent.append(name, typed[name]); });
    busy = true;
    fetch(form.dataset.session, { method: "POST", body: sent })
      .then(function (answer) { return answer.json(); })
      .then(function (said) {
        if (waiting[part] === typed) delete waiting[part];
        if (said.was) {
          form.elements[part + "-was"].value = said.was;
          if (waiting[part]) waiting[part][part + "-was"] = said.was;
        }
        store();
        if (said.roll) roll.textContent = said.roll;
        if (said.refusal) pressed = null;
        say(said.now ? said.refusal + " " + said.now : said.refusal || said.done);
        busy = false;
        next();
      })
      .catch(function () { busy = false; pressed = null; say(form.dataset.offline); setTimeout(next, 5000); });
  }
  form.addEventListener("change", function (event) {
    var line = event.target.closest("[data-part]");
    if (!line) return;
    waiting[line.dataset.part] = values(line.dataset.part);
    store();
    next();
  });
  Object.keys(waiting).forEach(function (part) {
    fields(part).forEach(function (each) { each.value = waiting[part][each.name] || ""; });
  });
  window.addEventListener("online", next);
  window.addEventListener("beforeunload", function (event) { if (Object.keys(waiting).length) event.preventDefault(); });
  form.addEventListener("submit", function (event) {
    if (busy || Object.keys(waiting).some(isWhole)) {
      event.preventDefault();
      pressed = event.submitter;
      next();
      return;
    }
    waiting = {};
    store();
  });
  next();
})();
