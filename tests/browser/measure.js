() => {
  const isShown = (element) =>
    element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) &&
    !element.closest(".hidden, .skip, svg");
  const display = (element) => getComputedStyle(element).display;
  const endsTheLine = (node) => node.nodeName === "BR" || (node.nodeType === 1 && !display(node).startsWith("inline"));
  /* A link among words of a sentence may be as high as its line; one that stands alone is a target. */
  const isInSentence = (element) => {
    if (display(element) !== "inline") return false;
    let words = "";
    for (const way of ["previousSibling", "nextSibling"])
      for (let node = element[way]; node && !endsTheLine(node); node = node[way])
        if (!(node.nodeType === 1 && node.matches("a, button"))) words += node.textContent;
    if (/[\p{L}\p{N}]/u.test(words)) return true;
    return display(element.parentElement) === "inline" && isInSentence(element.parentElement);
  };
  const name = (element) => {
    const classes = [...element.classList].map((word) => "." + word).join("");
    const parent = element.parentElement;
    const within = parent ? parent.tagName.toLowerCase() + [...parent.classList].map((word) => "." + word).join("") + " > " : "";
    return within + element.tagName.toLowerCase() + classes + " “" + (element.innerText || element.name || "").trim().slice(0, 24) + "”";
  };
  const box = (element) => (element.matches("[type=checkbox], [type=radio]") && element.closest("label")) || element;
  const targets = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")];

  const texts = [];
  const nodes = [];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode())
    if (!walker.currentNode.parentElement.closest("script, style")) nodes.push(walker.currentNode);
  for (const node of nodes) texts.push([node.data, node.parentElement]);
  for (const element of document.querySelectorAll("[alt], [title], [placeholder], [aria-label]"))
    for (const attribute of ["alt", "title", "placeholder", "aria-label"])
      if (element.hasAttribute(attribute)) texts.push([element.getAttribute(attribute), element]);
  const isIn = (element, language) => (element.closest("[lang]")?.lang || "").startsWith(language);
  const strangers = texts.filter(
    ([text, element]) =>
      (isIn(element, "en") && /\p{Script=Han}/u.test(text)) || (isIn(element, "zh") && /[A-Za-z]+ [A-Za-z]+ [a-z]+/.test(text)),
  );

  /* A time, or from one to another, that ends in another line than it begins. */
  const time = "(?:\\d{1,2}:\\d{2}(?:\\s[ap]m\\b)?|12\\s(?:noon|midnight))";
  const clock = new RegExp(`${time}(?:[–—-]${time})?`, "gi");
  const lines = (node, start, length) => {
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, start + length);
    return new Set([...range.getClientRects()].filter((each) => each.width > 0).map((each) => Math.round(each.top))).size;
  };
  const brokenTimes = nodes.filter((node) => isShown(node.parentElement)).flatMap((node) =>
    [...node.data.matchAll(clock)].filter((time) => lines(node, time.index, time[0].length) > 1).map(([time]) => time));

  const width = document.documentElement.clientWidth;
  return {
    h1: document.querySelectorAll("h1").length,
    lang: document.documentElement.lang,
    heights: targets.filter((element) => isShown(element) && !isInSentence(element))
      .map((element) => [Math.round(box(element).getBoundingClientRect().height * 10) / 10, name(element)]),
    strangers: strangers.map(([text]) => text.trim().slice(0, 60)),
    broken_times: brokenTimes,
    width: document.documentElement.scrollWidth,
    sticking_out: [...document.body.querySelectorAll("*")]
      .filter((element) => element.getBoundingClientRect().right > width + 1).slice(-3).map(name),
  };
}
