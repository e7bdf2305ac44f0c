"use strict";
/* select2 draws its boxes without a name of their own: give each the text of its label. */
window.addEventListener("load", function () {
  document.querySelectorAll("span.select2-selection").forEach(function (box) {
    var select = box.closest(".select2") && box.closest(".select2").previousElementSibling;
    var label = select && select.id && document.querySelector('label[for="' + select.id + '"]');
    var name = label ? label.textContent.trim() : (select && select.name) || "";
    if (name) box.setAttribute("aria-label", name);
  });
});
