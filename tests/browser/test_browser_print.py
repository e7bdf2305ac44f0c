"""Paper: what a resident takes home, what hangs on a door."""

import re

import pytest

from tests.browser.browsing import LOOKS, WIDE, Seat
from tests.browser.pages import ALLOWANCE

pytestmark = pytest.mark.browser
SHEETS = {
    "guide-zh": f"/services/{ALLOWANCE}/?print=1",
    "guide-en": f"/en/services/{ALLOWANCE}/?print=1",
    "certificates-zh": "/services/CV03/?print=1",
    "certificates-en": "/en/services/CV03/?print=1",
    "poster-zh": "/circle/hall/poster/",
    "week-zh": "/circle/week/",
    "week-en": "/en/circle/week/",
    "poster-en": "/en/circle/hall/poster/",
}
MOST_SHEETS = {"week-zh": 3, "week-en": 3}  # all others fit on one


@pytest.mark.parametrize("name", SHEETS)
def test_sheet_prints_on_few_pages(visitor: Seat, name: str) -> None:
    page, watch = visitor.taken(WIDE)
    page.goto(SHEETS[name])

    count = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))

    assert (1 <= count <= MOST_SHEETS.get(name, 1), watch.faults) == (True, []), f"{count} pages"


def test_paper_is_black_on_white_in_every_look(visitor: Seat) -> None:
    page, _ = visitor.taken(WIDE, LOOKS["dark"])
    page.goto(SHEETS["guide-zh"])
    page.emulate_media(media="print")

    colours = page.evaluate(
        "() => [getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    )
    page.emulate_media(media="screen")

    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_each_form_on_paper_fits_on_one_sheet(visitor: Seat, prefix: str) -> None:
    page, watch = visitor.taken(WIDE)
    page.goto(f"{prefix}/paper/")
    found = page.locator(f"main a[href^='{prefix}/paper/']").evaluate_all(
        "links => links.map(link => link.pathname)"
    )
    sheets = {}
    for path in dict.fromkeys(found):
        page.goto(path)
        sheets[path] = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))

    assert len(sheets) > 10
    assert ({path for path, count in sheets.items() if count != 1}, watch.faults) == (set(), [])
