"""An elder's pace opens a gap; a new place closes it; saved, it goes to the council with a topic."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import NARROW, Watch
from tests.browser.conftest import NewPage
from tests.browser.demo_site import Site
from tests.browser.signing_in import sign_in

pytestmark = pytest.mark.browser
PHONES = {"": "15400000027", "/en": "15400000028"}
GAP = {"": "不是家家都够得着", "/en": "Not for every home"}
CLOSED = {"": "有更多楼栋进入15分钟圈。", "/en": "More homes come within 15 minutes."}


def checked(page: Page, watch: Watch) -> None:
    assert watch.axe(page) == []


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_gap_is_found_closed_saved_and_brought_before_the_council(
    new_page: NewPage, site: Site, prefix: str
) -> None:
    page, watch = new_page(NARROW)
    page.goto(f"{prefix}/circle/coverage/?pace=planning")
    page.select_option("#pace", "elder")
    page.locator("form.filters button").click()
    expect(page.locator("p.lead")).to_contain_text(GAP[prefix])
    checked(page, watch)

    page.locator("main a.button[href*='/circle/what-if/']").click()
    page.select_option("#id_kind", "nursery")
    page.select_option("#id_place", "site:south-cabin")
    page.locator("main form button:not([name]):not([type])").click()
    expect(page.locator(".note.ok")).to_have_text(CLOSED[prefix])
    checked(page, watch)

    page.locator("main a.button[href*='/sign-in/']").click()
    sign_in(page, site, PHONES[prefix])
    page.locator("form[action$='/what-if/save/'] button").click()
    code = page.locator(".figure.code").inner_text()
    checked(page, watch)

    page.locator("main a.button[href*='scenario=']").click()
    expect(page.locator(f"a[href$='/what-if/{code}/']")).to_be_visible()
    checked(page, watch)
    page.fill("#id_text", "想在南门外添一处托育点。")
    page.locator("input[name='resident']").first.check()
    page.locator("main form button:not(.plain)").click()
    expect(page.locator("main form button[name='edit']")).to_be_visible()
    page.locator("main form button").first.click()
    page.wait_for_url("**/council/topics/SJ-*/")
    expect(page.locator(f"main a[href$='/what-if/{code}/']")).to_be_visible()
    assert watch.faults == []


def test_a_place_is_put_on_the_map_by_hand_or_by_keyboard(new_page: NewPage) -> None:
    """Leaflet comes only when it is asked for."""
    page, watch = new_page(NARROW)
    page.goto("/circle/what-if/?kind=nursery")
    assert page.evaluate("typeof window.L") == "undefined"
    page.locator("[data-pick]").click()
    box = page.locator("#map.map-drawn")
    expect(box.locator("path.map-street")).to_be_attached()
    page.keyboard.press("Enter")
    expect(page.locator("#id_place")).to_have_value("point")
    middle = page.locator("#id_latitude").input_value()
    checked(page, watch)

    box.click(position={"x": 100, "y": 80})
    assert float(page.locator("#id_latitude").input_value()) > float(middle)
    page.locator("main form button:not([name]):not([type])").click()
    expect(page.locator("main .note").first).to_be_visible()
    assert "place=point" in page.url
    assert watch.faults == []
