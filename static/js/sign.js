"use strict";
/* Enhancement only: the elder signs with a finger. Without this file paper and the call back remain. */
(function () {
  var box = document.querySelector("[data-sign]");
  if (!box) return;
  var field = document.getElementById(box.dataset.sign);
  var choices = document.querySelectorAll('input[name="signature"]');
  var canvas = box.querySelector("canvas");
  var pen = canvas.getContext("2d");

  function wipe() {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    field.value = "";
  }

  function place(event) {
    var frame = canvas.getBoundingClientRect();
    return [
      (event.clientX - frame.left) * (canvas.width / frame.width),
      (event.clientY - frame.top) * (canvas.height / frame.height),
    ];
  }

  function show() {
    var chosen = document.querySelector('input[name="signature"]:checked');
    box.hidden = !chosen || chosen.value !== "glass";
  }

  var isDown = false;
  canvas.addEventListener("pointerdown", function (event) {
    isDown = true;
    canvas.setPointerCapture(event.pointerId);
    var at = place(event);
    pen.lineWidth = 5;
    pen.lineCap = pen.lineJoin = "round";
    pen.strokeStyle = "#000";
    pen.beginPath();
    pen.moveTo(at[0], at[1]);
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", function (event) {
    if (!isDown) return;
    var at = place(event);
    pen.lineTo(at[0], at[1]);
    pen.stroke();
  });
  ["pointerup", "pointercancel"].forEach(function (name) {
    canvas.addEventListener(name, function () {
      if (isDown) field.value = canvas.toDataURL("image/png");
      isDown = false;
    });
  });
  box.querySelector("button").addEventListener("click", wipe);
  choices.forEach(function (choice) { choice.addEventListener("change", show); });

  /* After a refusal what was drawn stays. */
  var drawn = field.value;
  wipe();
  if (drawn) {
    var picture = new Image();
    picture.addEventListener("load", function () {
      pen.drawImage(picture, 0, 0);
      field.value = drawn;
    });
    picture.src = drawn;
  }
  show();
})();
