"""A course of the senior school is asked for on a phone and at the desk, and its roll is kept."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.browsing import NARROW, WIDE
from tests.browser.conftest import NewPage, signed_in
from tests.browser.demo_site import Site
from tests.browser.signing_in import sign_in
from tests.browser.test_browser_pages import faults_of

pytestmark = pytest.mark.browser
DAUGHTER = "15400000001"


@pytest.fixture(scope="session")
def coordinator(browser: Browser, site: Site) -> Any:
    return signed_in(browser, site, "care@demo.invalid")


def open_coming_class(page: Page, language: str = "") -> None:
    """The last course of the term that is still to come."""
    page.goto(f"{language}/eldercare/school/")
    page.locator("main section").last.locator("li a.line").first.click()
    page.wait_for_url("**/eldercare/school/*/")


@pytest.mark.parametrize(("prefix", "language"), [("", "zh"), ("/en", "en")])
def test_place_is_asked_for_and_given_back(new_page: NewPage, site: Site, prefix: str, language: str) -> None:
    page, watch = new_page(NARROW)
    faults: list[str] = []

    def look() -> None:
        faults.extend(faults_of(page, watch, NARROW, "light", language))

    open_coming_class(page, prefix)
    page.locator("main a.button").focus()
    page.keyboard.press("Enter")
    sign_in(page, site, DAUGHTER)
    page.wait_for_url("**/eldercare/school/*/")
    look()
    person = page.locator("main label:has(input[name=resident])").first
    name = person.inner_text().strip()
    person.click()
    page.locator("main button[value=enrol]").press("Enter")
    page.wait_for_url("**/eldercare/school/mine/*/")
    expect(page.locator("main")).to_contain_text(name)
    look()
    code = page.url.rstrip("/").rpartition("/")[2]
    page.goto(f"{prefix}/me/")
    page.locator(f"main a[href$='/school/mine/{code}/']").click()
    page.locator("main button[value=cancel]").press("Enter")
    expect(page.locator("main button[value=cancel]")).to_have_count(0)
    look()
    assert not faults + watch.faults, "\n".join(faults + watch.faults)


def test_roll_is_kept_and_the_roster_printed(new_page: NewPage, coordinator: Any) -> None:
    page, watch = new_page(WIDE, storage_state=coordinator)
    faults: list[str] = []

    def look() -> None:
        faults.extend(faults_of(page, watch, WIDE, "light", "zh"))

    page.goto("/eldercare/school/")
    page.locator("main a[href$='/roll/']").last.click()  # of the running term
    page.wait_for_url("**/roll/")
    look()
    first = page.locator("main input[name=came]").first
    was_there = first.is_checked()
    first.focus()
    page.keyboard.press("Space")
    page.locator("main form button").last.press("Enter")
    page.wait_for_url("**/roll/?day=*")
    assert first.is_checked() is not was_there
    look()
    page.locator("main a[href$='/roster/']").click()
    page.wait_for_url("**/roster/")
    look()
    assert not faults + watch.faults, "\n".join(faults + watch.faults)
