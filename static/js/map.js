"use strict";
/* Draws the table of the page on a map: each row that names a place becomes a sign, the streets lie below. */
(function () {
  var box = document.getElementById("map");
  if (!box || !window.L) return;
  box.classList.add("map-drawn");
  var said = box.dataset;
  var home = [Number(said.latitude), Number(said.longitude)];
  var map = L.map(box, { zoomControl: false, scrollWheelZoom: false, maxZoom: 19 });
  L.control.zoom({ zoomInTitle: said.closer, zoomOutTitle: said.wider }).addTo(map);
  map.attributionControl.setPrefix(false);
  if (said.tiles) L.tileLayer(said.tiles, { attribution: escaped(said.tilesAttribution) }).addTo(map);
  var near = [home];

  document.querySelectorAll("[data-place]").forEach(function (row) {
    var place = row.dataset.place.split(",").map(Number).reverse();
    var sign = row.querySelector(".sign").cloneNode(true);
    sign.classList.toggle("map-shut", "shut" in row.dataset);
    var link = row.querySelector("a");
    L.marker(place, { icon: L.divIcon({ className: "map-sign", html: sign, iconSize: [28, 28] }), keyboard: false })
      .bindTooltip(escaped([link, row.cells[1]].map(words).join(" · ")))
      .on("click", function () { location.hash = row.id; })
      .addTo(map);
    if ("within" in row.dataset) near.push(place);
  });
  L.marker(home, {
    icon: L.divIcon({ className: "map-home", html: escaped(said.home), iconSize: [40, 40] }),
    keyboard: false, zIndexOffset: 1000
  }).addTo(map);
  map.fitBounds(near, { padding: [24, 24], maxZoom: 18 });

  [said.streets, said.reach].forEach(function (address) {
    if (!address) return;
    fetch(address)
      .then(function (answer) { return answer.ok ? answer.json() : null; })
      .then(function (lines) {
        if (!lines) return;
        var layer = L.geoJSON(lines, {
          interactive: false,
          attribution: escaped(said.attribution),
          style: function (feature) { return { className: "map-" + feature.properties.kind }; }
        }).addTo(map);
        if (address === said.streets) layer.bringToBack();
      });
  });

  function words(element) {
    return element.innerText.trim();
  }

  /* Leaflet takes HTML for what we say in words. */
  function escaped(text) {
    var element = document.createElement("span");
    element.textContent = text;
    return element.innerHTML;
  }
})();
