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
    page.locator("main form button:not([name])").click()
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
    page.locator("main form button").click()
    page.locator("main form button").first.click()
    page.wait_for_url("**/council/topics/SJ-*/")
    expect(page.locator(f"main a[href$='/what-if/{code}/']")).to_be_visible()
    assert watch.faults == []
