"use strict";
/* Django's inline tables and select2's boxes have no names of their own: give each the words that stand above or beside it. */
(function () {
  /* Through the admin's jQuery where it is there: its ready callbacks run in order, so select2 has drawn its boxes by then. */
  if (window.django && window.django.jQuery) window.django.jQuery(nameAll);
  else window.addEventListener("load", nameAll);

  function name(element, words) {
    if (words && !element.hasAttribute("aria-label")) element.setAttribute("aria-label", words.trim());
  }

  document.querySelectorAll("[data-print]").forEach(function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });

  /* One key for each button of a window; never while something is typed. */
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("input, select, textarea")) return;
    var button = document.querySelector('[data-key="' + CSS.escape(event.key.toLowerCase()) + '"]');
    if (!button) return;
    event.preventDefault();
    if (button.matches("input")) button.focus();
    else button.click();
  });

  function nameAll() {
    nameTables();
    nameBoxes();
  }

  function nameTables() {
    document.querySelectorAll(".inline-group table").forEach(function (table) {
      var heads = table.tHead.rows[0].cells;
      if (heads[0].classList.contains("original")) heads[0].textContent = "#";
      Array.prototype.forEach.call(table.tBodies, function (body) {
        Array.prototype.forEach.call(body.rows, function (row) {
          Array.prototype.forEach.call(row.cells, function (cell, n) {
            cell.querySelectorAll("input:not([type=hidden]), select, textarea").forEach(function (control) {
              if (heads[n]) name(control, heads[n].textContent);
            });
          });
        });
      });
    });
  }

  function nameBoxes() {
    document.querySelectorAll(".select2-container").forEach(function (box) {
      var select = box.previousElementSibling;
      var label = select && select.id && document.querySelector('label[for="' + select.id + '"]');
      var words = label ? label.textContent : "";
      box.querySelectorAll("[role=combobox], [role=textbox], input").forEach(function (part) { name(part, words); });
      box.querySelectorAll("ul.select2-selection__rendered").forEach(function (list) { list.setAttribute("role", "group"); });
    });
  }
})();
/* Many bookings are seen to some at a time: without waiting for a click. */
(function () {
  var form = document.querySelector("form[data-goes-on]");
  if (form) window.setTimeout(function () { form.requestSubmit(); }, 300);
})();
