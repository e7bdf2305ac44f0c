"""A resident signs in by a code and out again, with the pages that only then are seen."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.browsing import LOOKS, NARROW, wear
from tests.browser.conftest import NewPage
from tests.browser.demo_site import Site
from tests.browser.signing_in import sent_code
from tests.browser.test_browser_pages import faults_of

pytestmark = pytest.mark.browser
TURNS = [(number, look, ("zh", "en")[number % 2]) for number, look in enumerate(LOOKS)]


def ask(page: Page, prefix: str, phone: str) -> None:
    page.goto(f"{prefix}/sign-in/?next={prefix}/help/")
    page.fill("#id_phone", phone)
    page.press("#id_phone", "Enter")
    page.wait_for_url(f"**{prefix}/sign-in/code/**")


def expect_in_the_menu(page: Page, address: str) -> None:
    """On a phone what is one's own stands in the menu of the green row."""
    page.locator(".tools .fold summary").click()
    expect(page.locator(f".tools .fold a[href='{address}']")).to_be_visible()


@pytest.mark.parametrize(("number", "look", "language"), TURNS)
def test_resident_signs_in_and_out(
    new_page: NewPage, site: Site, number: int, look: str, language: str
) -> None:
    page, watch = new_page(NARROW, forgiven=("422",))
    wear(page.context, site.origin, LOOKS[look])
    prefix = "/en" if language == "en" else ""
    ask(page, prefix, f"139 0000 100{number}")
    faults = faults_of(page, watch, NARROW, look, language)
    page.reload()  # as after a look at the message
    page.fill("#id_code", "12345")
    page.press("#id_code", "Enter")
    expect(page.locator(".summary")).to_be_visible()
    faults += faults_of(page, watch, NARROW, look, language)
    page.fill("#id_code", sent_code(site))
    page.press("#id_code", "Enter")
    page.wait_for_url(f"**{prefix}/help/")
    expect_in_the_menu(page, f"{prefix}/me/")
    page.goto(f"{prefix}/sign-out/")
    faults += faults_of(page, watch, NARROW, look, language)
    page.locator("main form button").click()
    page.wait_for_url(f"**{prefix}/" if prefix else f"{site.origin}/")
    faults += faults_of(page, watch, NARROW, look, language)

    assert not faults, "\n".join(faults)
    expect_in_the_menu(page, f"{prefix}/sign-in/")


def test_resident_signs_in_without_javascript(new_page: NewPage, site: Site) -> None:
    page, watch = new_page(NARROW, java_script_enabled=False)
    ask(page, "", "13900001009")
    page.locator("button[value=resend]").click()  # too soon
    expect(page.locator("main .note.error")).to_be_visible()
    page.fill("#id_code", sent_code(site))
    page.locator("button[value=verify]").click()
    page.wait_for_url("**/help/")

    assert watch.faults == []
    expect_in_the_menu(page, "/me/")
