"""Paper: what a resident takes home, what hangs on a door."""

import re

import pytest

from tests.browser.browsing import LOOKS, wear
from tests.browser.conftest import NewPage
from tests.browser.demo_site import Site
from tests.browser.pages import ALLOWANCE

pytestmark = pytest.mark.browser
SHEETS = {
    "guide-zh": f"/services/{ALLOWANCE}/?print=1",
    "guide-en": f"/en/services/{ALLOWANCE}/?print=1",
    "poster-zh": "/circle/hall/poster/",
    "poster-en": "/en/circle/hall/poster/",
}
MOST_SHEETS = 3


@pytest.mark.parametrize("path", SHEETS.values(), ids=SHEETS.keys())
def test_sheet_prints_on_few_pages(new_page: NewPage, path: str) -> None:
    page, watch = new_page()
    page.goto(path)

    count = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))

    assert (1 <= count <= MOST_SHEETS, watch.faults) == (True, []), f"{count} pages"


def test_paper_is_black_on_white_in_every_look(new_page: NewPage, site: Site) -> None:
    page, _ = new_page()
    wear(page.context, site.origin, LOOKS["dark"])
    page.goto(SHEETS["guide-zh"])
    page.emulate_media(media="print")

    colours = page.evaluate(
        "() => [getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]"
    )

    assert colours == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
