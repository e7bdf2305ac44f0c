"""The walking ring as it is drawn: nothing lies on anything else, and every mark leads to a row."""

import itertools
import math
from dataclasses import dataclass, replace
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.browsing import NARROWEST, WIDE
from tests.browser.conftest import NewPage
from tests.browser.pages import PLACES

pytestmark = pytest.mark.browser
TOUCH_PX = 0.5  # rounding of the browser's boxes
# A line box is higher than its letters: in CJK fonts these shares of it are empty above and below.
ABOVE, BELOW = 0.19, 0.12
SHAPES = f"""() => {{
  const shapes = [], svg = document.querySelector("svg.ring");
  const add = (kind, owner, elements, isText) => elements.forEach((element) => {{
    const box = element.getBoundingClientRect(), cut = isText ? [{ABOVE}, {BELOW}] : [0, 0];
    shapes.push({{ kind, owner, words: element.textContent.trim(), left: box.left, right: box.right,
      top: box.top + box.height * cut[0], bottom: box.bottom - box.height * cut[1] }});
  }});
  add("disc", "home", [...svg.querySelectorAll(".ring-home")], false);
  [...svg.querySelectorAll(".ring-label")].forEach((label, n) => add("text", "label" + n, [label], true));
  [...svg.querySelectorAll(".ring-edge")].forEach((edge, n) => add("text", "edge" + n, [...edge.querySelectorAll("tspan")], true));
  [...svg.querySelectorAll(".ring-mark")].forEach((mark, n) => {{
    add("disc", "mark" + n, [...mark.querySelectorAll(".ring-disc")], false);
    add("badge", "mark" + n, [...mark.querySelectorAll(".ring-badge")], false);
  }});
  [...svg.querySelectorAll(".ring-minutes")].forEach((text, n) => add("text", "minutes" + n, [text], true));
  return shapes;
}}"""


@dataclass(frozen=True)
class Shape:
    """A disc or an upright box on the screen, in px."""

    kind: str
    owner: str
    words: str
    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: "Shape") -> bool:
        if self.kind == other.kind == "disc":
            return self.distance(other) + TOUCH_PX < self.radius + other.radius
        if "disc" in (self.kind, other.kind):
            disc, box = (self, other) if self.kind == "disc" else (other, self)
            return box.distance_from(disc.centre) + TOUCH_PX < disc.radius
        across = min(self.right, other.right) - max(self.left, other.left)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return min(across, down) > TOUCH_PX

    @property
    def centre(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def radius(self) -> float:
        return (self.right - self.left) / 2

    def distance(self, other: "Shape") -> float:
        return math.dist(self.centre, other.centre)

    def distance_from(self, point: tuple[float, float]) -> float:
        """From the point to the nearest point of this box; 0 inside."""
        nearest = (min(max(point[0], self.left), self.right), min(max(point[1], self.top), self.bottom))
        return math.dist(point, nearest)


def parts(shape: Shape) -> list[Shape]:
    """A badge is a box with round ends: two discs and what lies between them."""
    if shape.kind != "badge":
        return [shape]
    height = shape.bottom - shape.top
    ends = [replace(shape, kind="disc", left=left, right=left + height) for left in (shape.left, shape.right - height)]
    return [*ends, replace(shape, left=shape.left + height / 2, right=shape.right - height / 2)]


def overlaps(page: Page) -> list[str]:
    shapes = [part for found in page.evaluate(SHAPES) for part in parts(Shape(**found))]
    return [
        f"{one.kind} {one.owner} {one.words} lies on {two.kind} {two.owner} {two.words}"
        for one, two in itertools.combinations(shapes, 2)
        if one.owner != two.owner and one.meets(two)
    ]


def choose_building(page: Page, number: int) -> None:
    """The nth building of the settings; 0 is the gate."""
    page.goto("/settings/?next=/circle/")
    options: list[str] = page.locator("#id_building option").evaluate_all(
        "(all) => all.map((one) => one.value)"
    )
    page.select_option("#id_building", options[number])
    page.locator("main form button").click()
    page.wait_for_url("**/circle/")


@pytest.mark.parametrize("number", [0, 3, len(PLACES["buildings"])], ids=["gate", "third", "last"])
@pytest.mark.parametrize("width", [NARROWEST, WIDE])
def test_nothing_in_the_ring_overlaps(new_page: NewPage, width: int, number: int) -> None:
    page, _ = new_page(width)
    choose_building(page, number)
    found = {}
    for path in ("/", "/circle/", "/en/", "/en/circle/"):
        page.goto(path)
        found[path] = overlaps(page)

    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize("path", ["/", "/circle/", "/en/", "/en/circle/"])
def test_every_mark_leads_to_a_row(new_page: NewPage, path: str) -> None:
    page, _ = new_page()
    page.goto(path)
    links: list[Any] = page.locator("svg.ring a").evaluate_all(
        "(links) => links.map((a) => new URL(a.getAttribute('href'), location.href)).map((to) => [to.pathname, to.hash])"
    )
    circle = "/en/circle/" if path.startswith("/en/") else "/circle/"
    page.goto(circle)
    rows = page.locator("li[id]").evaluate_all("(rows) => rows.map((row) => '#' + row.id)")

    assert links
    assert {to for to, _ in links} == {circle}
    assert [anchor for _, anchor in links if anchor not in rows] == []


def test_mark_opens_its_row_by_keyboard(new_page: NewPage) -> None:
    page, _ = new_page()
    page.goto("/circle/")
    mark = page.locator("svg.ring a").first
    mark.focus()
    page.keyboard.press("Enter")

    assert page.url.endswith(mark.get_attribute("href") or "nowhere")
