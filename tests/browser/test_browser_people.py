"""One acts for another, and every page says so until one stops."""

import pytest
from playwright.sync_api import expect

from tests.browser.browsing import NARROW, WIDE
from tests.browser.conftest import NewPage
from tests.browser.demo_site import Site
from tests.browser.signing_in import forget_codes, sent_code
from tests.browser.test_browser_pages import faults_of
from tests.browser.test_browser_sign_in import ask

pytestmark = pytest.mark.browser
# Who signs in and for whom they act: the grandmother under a mandate, the mother for her child. Each language
# has a number of its own, for between two codes there is half a minute.
NUMBER = {"zh": "154 0000 0043", "en": "154 0000 0041"}
CHOSEN = {"zh": "陶妈妈（演示）", "en": "陶小朋友（演示）"}


@pytest.mark.parametrize(("language", "width"), [("zh", NARROW), ("en", WIDE)])
def test_one_acts_for_another_in_sight_of_every_page(
    new_page: NewPage, site: Site, language: str, width: int
) -> None:
    page, watch = new_page(width)
    prefix = "/en" if language == "en" else ""
    forget_codes(site)
    ask(page, prefix, NUMBER[language])
    page.fill("#id_code", sent_code(site))
    page.press("#id_code", "Enter")
    page.wait_for_url(f"**{prefix}/help/")
    page.goto(f"{prefix}/me/people/")
    faults = faults_of(page, watch, width, "normal", language)
    page.get_by_role("button", name=CHOSEN[language], exact=True).click()
    page.goto(f"{prefix}/services/")
    expect(page.locator("aside.acting strong")).to_be_visible()
    faults += faults_of(page, watch, width, "normal", language)
    page.locator("aside.acting button").click()
    page.goto(f"{prefix}/services/")
    expect(page.locator("aside.acting")).to_have_count(0)
    page.goto(f"{prefix}/me/mandates/new/")
    faults += faults_of(page, watch, width, "normal", language)
    assert not faults, "\n".join(faults)
