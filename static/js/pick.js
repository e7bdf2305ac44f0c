"use strict";
/* Puts a proposed place on a map, fetched only when asked for. */
(function () {
  var button = document.querySelector("[data-pick]");
  if (!button) return;
  var box = document.getElementById("map"), said = box.dataset;
  var answer = document.querySelector("[data-pick-answer]");
  var map, mark, missing;

  button.addEventListener("click", function () {
    button.disabled = true;
    var sheets = said.sheets.split(" ");
    missing = sheets.length + 1;
    sheets.forEach(function (address) { load("link", { rel: "stylesheet", href: address }); });
    load("script", { src: said.script });
  });

  /* Without its sheets the map has another size. */
  function load(name, values) {
    var element = Object.assign(document.createElement(name), values);
    element.onload = function () { if (!--missing) draw(); };
    element.onerror = function () { button.disabled = false; };
    document.head.append(element);
  }

  function draw() {
    button.remove();
    box.hidden = false;
    box.classList.add("map-drawn");
    map = L.map(box, { zoomControl: false, scrollWheelZoom: false, maxZoom: 19 });
    L.control.zoom({ zoomInTitle: said.closer, zoomOutTitle: said.wider }).addTo(map);
    map.attributionControl.setPrefix(false);
    var marks = JSON.parse(said.marks);
    marks.forEach(function (known) {
      L.circleMarker([known[1], known[0]], { radius: 5, className: "map-known" })
        .bindTooltip(escaped(known[2]))
        .addTo(map);
    });
    map.fitBounds(marks.map(function (known) { return [known[1], known[0]]; }), { padding: [40, 40], maxZoom: 17 });
    if (said.streets) fetch(said.streets).then(function (found) { return found.json(); }).then(streets);
    map.on("click", function (event) { put(event.latlng); });
    box.addEventListener("keydown", function (event) {
      if (event.key !== "Enter" || event.target !== box) return;
      event.preventDefault();
      put(map.getCenter());
    });
    box.focus();
    answer.textContent = said.hint;
  }

  function streets(lines) {
    L.geoJSON(lines, {
      interactive: false,
      attribution: escaped(said.attribution),
      style: function (feature) { return { className: "map-" + feature.properties.kind }; }
    }).addTo(map).bringToBack();
  }

  function put(point) {
    var found = point.wrap();
    fill("longitude", found.lng.toFixed(6));
    fill("latitude", found.lat.toFixed(6));
    fill("datum", "wgs84");
    fill("place", "point");
    if (mark) mark.setLatLng(found);
    else mark = L.marker(found, {
      icon: L.divIcon({ className: "map-home", html: escaped(said.sign), iconSize: [40, 40] }), keyboard: false
    }).addTo(map);
    answer.textContent = said.chosen + " " + found.lng.toFixed(6) + ", " + found.lat.toFixed(6);
  }

  function fill(name, value) {
    document.getElementById("id_" + name).value = value;
  }

  /* Leaflet takes HTML. */
  function escaped(text) {
    var element = document.createElement("span");
    element.textContent = text;
    return element.innerHTML;
  }
})();
