"""The walking ring as it is drawn: nothing lies on anything else, and every mark leads to a row."""

import itertools
import math
from dataclasses import dataclass, replace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.browsing import HERE, NARROWEST, WIDE, Seat
from tests.browser.demo_site import Site

pytestmark = pytest.mark.browser
TOUCH_PX = 0.5  # rounding of the browser's boxes
# A line box is higher than its letters: in CJK fonts these shares of it are empty above and below.
ABOVE, BELOW = 0.19, 0.12


@dataclass(frozen=True)
class Shape:
    """A disc or an upright box on the screen, in px. The parts of a mark or of a capsule form one group."""

    what: str
    group: str
    owner: str
    is_round: bool
    words: str
    left: float
    right: float
    top: float
    bottom: float

    def must_keep_off(self, other: "Shape") -> bool:
        """Groups keep off each other; inside a capsule no badge may hide a neighbour's sign."""
        kinds = {self.what, other.what}
        if self.group != other.group:
            return "sign" not in kinds  # its disc stands for it
        return kinds == {"badge", "sign"} and self.owner != other.owner

    def meets(self, other: "Shape") -> bool:
        if self.is_round and other.is_round:
            return math.dist(self.centre, other.centre) + TOUCH_PX < self.radius + other.radius
        if self.is_round or other.is_round:
            disc, box = (self, other) if self.is_round else (other, self)
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

    def distance_from(self, point: tuple[float, float]) -> float:
        """From the point to the nearest point of this box; 0 inside."""
        nearest = (min(max(point[0], self.left), self.right), min(max(point[1], self.top), self.bottom))
        return math.dist(point, nearest)


def parts(shape: Shape) -> list[Shape]:
    """A badge is a box with round ends: two discs and what lies between them."""
    if shape.what != "badge":
        return [shape]
    height = shape.bottom - shape.top
    starts = (shape.left, shape.right - height)
    ends = [replace(shape, is_round=True, left=start, right=start + height) for start in starts]
    return [*ends, replace(shape, left=shape.left + height / 2, right=shape.right - height / 2)]


def overlaps(page: Page) -> set[str]:
    shapes = [
        part
        for found in page.evaluate((HERE / "ring.js").read_text(), [ABOVE, BELOW])
        for part in parts(Shape(**found))
    ]
    return {
        f"{one.what} of {one.owner} {one.words} lies on {two.what} of {two.owner} {two.words}"
        for one, two in itertools.combinations(shapes, 2)
        if one.must_keep_off(two) and one.meets(two)
    }


@pytest.fixture(scope="session")
def buildings(browser: Browser, site: Site) -> list[str]:
    """The look cookies of the buildings in the order of the settings; the first is the gate's."""
    page = browser.new_page(base_url=site.origin)
    page.goto("/settings/")
    found: list[str] = page.locator("#id_building option").evaluate_all(
        "(all) => all.map((one) => one.value)"
    )
    page.close()
    return [f"building={code}" for code in found]


# The picture scales with its width: one wide screen stands for all.
@pytest.mark.parametrize(
    ("width", "number"), [(NARROWEST, 0), (NARROWEST, 3), (NARROWEST, -1), (WIDE, 3)], ids=str
)
def test_nothing_in_the_ring_overlaps(visitor: Seat, buildings: list[str], width: int, number: int) -> None:
    page, _ = visitor.taken(width, buildings[number])
    found = {}
    for path in ("/circle/", "/en/circle/"):
        page.goto(path)
        found[path] = overlaps(page)

    assert found == {"/circle/": set(), "/en/circle/": set()}


@pytest.mark.parametrize("path", ["/", "/circle/", "/en/", "/en/circle/"])
def test_every_mark_leads_to_a_row(visitor: Seat, path: str) -> None:
    page, _ = visitor.taken(WIDE)
    page.goto(path)
    links: list[Any] = page.locator("svg.ring a").evaluate_all(
        "(links) => links.map((a) => new URL(a.getAttribute('href'), location.href))"
        ".map((to) => [to.pathname, to.hash])"
    )
    circle = "/en/circle/" if path.startswith("/en/") else "/circle/"
    page.goto(circle)
    rows = page.locator("li[id]").evaluate_all("(rows) => rows.map((row) => '#' + row.id)")

    assert {to for to, _ in links} == {circle}
    assert [anchor for _, anchor in links if anchor not in rows] == []


def test_upright_word_at_the_edge_is_one_word_to_a_reader(visitor: Seat) -> None:
    page, _ = visitor.taken(WIDE)
    page.goto("/circle/")
    edges = page.locator("svg.ring .ring-edge")
    drawn = ["".join(words.split()) for words in edges.all_text_contents()]

    assert drawn != []
    assert [page.get_by_role("img", name=words, exact=True).count() for words in drawn] == [1] * len(drawn)


def test_mark_opens_its_row_by_keyboard(visitor: Seat) -> None:
    page, _ = visitor.taken(WIDE)
    page.goto("/circle/")
    mark = page.locator("svg.ring a").first
    mark.focus()
    page.keyboard.press("Enter")

    assert page.url.endswith(mark.get_attribute("href") or "nowhere")
