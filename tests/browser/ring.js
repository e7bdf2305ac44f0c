/* The parts of the walking ring as boxes on the screen; text is cut to where its letters are. */
([ABOVE, BELOW]) => {
  const shapes = [], svg = document.querySelector("svg.ring");
  const add = (what, group, owner, elements) => elements.forEach((element) => {
    const box = element.getBoundingClientRect(), isText = what === "text" || what === "sign";
    const [above, below] = isText ? [ABOVE, BELOW] : [0, 0];
    shapes.push({ what, group, owner, is_round: what === "disc", words: element.textContent.trim(),
      left: box.left, right: box.right, top: box.top + box.height * above, bottom: box.bottom - box.height * below });
  });
  add("disc", "home", "home", svg.querySelectorAll(".ring-home"));
  svg.querySelectorAll(".ring-label").forEach((label, n) => add("text", "label" + n, "label", [label]));
  svg.querySelectorAll(".ring-edge").forEach((edge, n) => add("text", "edge" + n, "edge", edge.querySelectorAll("tspan")));
  svg.querySelectorAll(".ring-mark").forEach((mark) => {
    const group = "mark" + [...svg.children].indexOf(mark.closest("svg > g")), owner = mark.textContent.trim();
    for (const [what, inside] of [["disc", ".ring-disc"], ["badge", ".ring-badge"], ["sign", ".ring-sign"]])
      add(what, group, owner, mark.querySelectorAll(inside));
  });
  svg.querySelectorAll(".ring-minutes").forEach((text, n) => add("text", "minutes" + n, "minutes", [text]));
  return shapes;
}
