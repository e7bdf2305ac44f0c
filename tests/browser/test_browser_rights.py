"""My data and who looked at it, on a phone; a resident found and served from their card in three clicks."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.browsing import NARROW, WIDE
from tests.browser.conftest import NewPage, signed_in
from tests.browser.demo_site import Site
from tests.browser.signing_in import sign_in
from tests.browser.test_browser_admin import faults_of as office_faults
from tests.browser.test_browser_eldercare import DAUGHTER, GRANDMA
from tests.browser.test_browser_pages import faults_of

pytestmark = pytest.mark.browser
MINE = ["me/", "me/data/", "me/looked/", "me/messages/", "me/people/", "me/sessions/", "privacy/"]


@pytest.fixture(scope="session")
def head(browser: Browser, site: Site) -> Any:
    """Of the community: holds the director's post."""
    return signed_in(browser, site, "head@demo.invalid")


def test_my_data_is_read_on_a_phone_in_both_languages(new_page: NewPage, site: Site) -> None:
    page, watch = new_page(NARROW)
    page.goto("/sign-in/?next=/me/")
    sign_in(page, site, DAUGHTER)
    page.wait_for_url("**/me/")
    faults = []
    for prefix, language in (("/", "zh"), ("/en/", "en")):
        for path in MINE:
            page.goto(prefix + path)
            faults += [
                f"{prefix}{path}: {each}" for each in faults_of(page, watch, NARROW, "light", language)
            ]
    for each in ("a[href*='/forget/']", "a[href^='/en/me/messages/']"):
        page.goto("/en/me/data/" if "forget" in each else "/en/me/messages/")
        page.locator(f"main {each}").first.click()
        page.wait_for_load_state()
        faults += faults_of(page, watch, NARROW, "light", "en")
    page.goto("/me/data/")
    with page.expect_download() as file:
        page.locator("a[download]").click()
    assert file.value.suggested_filename == "my-data.json"
    assert faults == []


class Clicks:
    """Counts buttons and links that lead on; what is typed or ticked on the way is no click."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def on(self, selector: str) -> None:
        self.count += 1
        self.page.locator(selector).first.click()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_care_is_arranged_on_the_phone_in_three_clicks(new_page: NewPage, head: Any, language: str) -> None:
    page, watch = new_page(WIDE, storage_state=head)
    clicks = Clicks(page)
    page.goto("/admin/" if language == "zh" else "/en/admin/")
    page.fill("#find-resident", GRANDMA[:2])
    clicks.on("#header .find button")
    if "/card/" not in page.url:
        page.locator(".choices a", has_text=GRANDMA).click()
        clicks.count += 1
    expect(page.locator("h1")).to_have_text(GRANDMA)
    faults = office_faults(page, watch)
    clicks.on("a.begin[href*='/carebooking/new/what/']")
    expect(page.locator("#kinds-heading")).to_be_visible()
    assert clicks.count <= 3
    assert faults == []
