"use strict";
/* Offers the building nearest to where the device says it is. The position never leaves the page. */
(function () {
  var button = document.querySelector("[data-nearest]");
  if (!button) return;
  if (!navigator.geolocation) {
    button.remove();
    return;
  }
  var answer = document.querySelector("[data-nearest-answer]");

  function said(name) {
    return document.querySelector("[data-nearest-" + name + "]").textContent.trim();
  }

  button.addEventListener("click", function () {
    navigator.geolocation.getCurrentPosition(offer, function () { answer.textContent = said("failed"); });
  });

  function offer(position) {
    var here = position.coords, best = null, least = Infinity;
    var narrowing = Math.cos(here.latitude * Math.PI / 180);
    document.querySelectorAll("[data-longitude]").forEach(function (link) {
      var away = Math.hypot((link.dataset.longitude - here.longitude) * narrowing, link.dataset.latitude - here.latitude);
      if (away < least) {
        least = away;
        best = link;
      }
    });
    if (!best) return;
    var link = document.createElement("a");
    link.href = best.href;
    link.textContent = best.textContent;
    answer.replaceChildren(said("words") + " ", link);
  }
})();
