"""A wheelchair is lent, late and returned; a repair goes to the firm by its link; in both languages."""

import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.browsing import NARROW, WIDE
from tests.browser.conftest import NewPage, signed_in
from tests.browser.demo_site import Site, run
from tests.browser.signing_in import sign_in
from tests.browser.test_browser_pages import faults_of

pytestmark = pytest.mark.browser
DAUGHTER = "15400000001"
# One more to lend, so that the demo's own are left as they were.
ONE_MORE = """
import django
django.setup()
from django.db.models import F
from services.models import AidStock
AidStock.objects.filter(code="wheelchair").update(capacity=F("capacity") + 1)
"""
MAKE_LATE = """
import sys, django
django.setup()
import datetime as dt
from django.utils import timezone
from services.models import AidLoan
AidLoan.objects.filter(code=sys.argv[1]).update(due_on=timezone.localdate() - dt.timedelta(days=1))
"""


@pytest.fixture(scope="session")
def clerk(browser: Browser, site: Site) -> Any:
    return signed_in(browser, site, "clerk@demo.invalid")


@pytest.fixture
def photo(tmp_path: Path) -> str:
    path = tmp_path / "leak.jpg"
    Image.new("RGB", (600, 400), "gray").save(path)
    return str(path)


def choose_person(page: Page) -> None:
    """The login's own person, where there is a choice."""
    if page.locator("main input[name=resident]").count():
        page.locator("main label:has(input[name=resident])").first.click()
        page.locator("main form button").first.press("Enter")


def code_of(page: Page) -> str:
    return page.locator("main strong.code").inner_text().strip()


def act_on(desk: Page, prefix: str, name: str, code: str, verb: str, **said: str) -> None:
    desk.goto(f"{prefix}/admin/services/{name}/act/{code}/{verb}/")
    for field, value in said.items():
        desk.select_option(f"[name={field}]", index=int(value))
    desk.locator("#content form button, #content form input[type=submit]").first.click()


@pytest.mark.parametrize(("prefix", "language"), [("", "zh"), ("/en", "en")])
def test_wheelchair_is_lent_late_and_returned(
    new_page: NewPage, site: Site, clerk: Any, prefix: str, language: str
) -> None:
    run(site.directory, "-c", ONE_MORE)
    page, watch = new_page(NARROW)
    faults: list[str] = []

    def look() -> None:
        faults.extend(faults_of(page, watch, NARROW, "light", language))

    page.goto(f"{prefix}/services/TR03/")
    page.locator("main a[href$='/services/loans/']").first.click()
    page.wait_for_url("**/services/loans/")
    look()
    page.locator("main a[href$='/loans/ask/wheelchair/']").press("Enter")
    sign_in(page, site, DAUGHTER)
    page.wait_for_url("**/loans/ask/wheelchair/**")
    look()
    choose_person(page)
    page.wait_for_url("**/check/**")
    look()
    page.locator("main form button").press("Enter")
    page.wait_for_url(re.compile(r"/services/loans/[0-9A-Z]{8}/$"))
    code, own = code_of(page), page.url
    look()
    desk, desk_watch = new_page(WIDE, storage_state=clerk)
    act_on(desk, prefix, "aidloan", code, "hand_out")
    desk.wait_for_url("**/change/")
    faults += desk_watch.axe(desk)
    run(site.directory, "-c", MAKE_LATE, code)
    page.goto(own)
    expect(page.locator("main .badge.warn")).to_have_count(1)
    look()
    page.goto(f"{prefix}/me/")
    expect(page.locator(f"main a[href$='/loans/{code}/']").first).to_be_visible()
    desk.goto(f"{prefix}/admin/services/aidloan/?late=1")
    expect(desk.locator("#result_list")).to_contain_text(code)
    act_on(desk, prefix, "aidloan", code, "return")
    desk.wait_for_url("**/change/")
    page.goto(own)
    expect(page.locator("main .badge.quiet")).to_have_count(1)
    look()
    assert not faults + watch.faults + desk_watch.faults, "\n".join(faults)


@pytest.mark.parametrize(("prefix", "language"), [("", "zh"), ("/en", "en")])
def test_repair_through_the_link_of_the_firm(
    new_page: NewPage, site: Site, clerk: Any, photo: str, prefix: str, language: str
) -> None:
    page, watch = new_page(NARROW)
    faults: list[str] = []

    def look() -> None:
        faults.extend(faults_of(page, watch, NARROW, "light", language))

    page.goto(f"{prefix}/services/HS03/")
    page.locator("main a[href$='/services/repairs/']").first.click()
    page.wait_for_url("**/services/repairs/")
    look()
    page.locator("main a[href$='/repairs/new/']").press("Enter")
    sign_in(page, site, DAUGHTER)
    page.wait_for_url("**/repairs/new/**")
    choose_person(page)
    page.wait_for_url("**/repairs/new/check/**")
    look()
    page.fill("#id_place", "3-502")
    page.fill("#id_words", "drips")
    page.set_input_files("#id_photo", photo)
    page.locator("main form button").press("Enter")
    page.wait_for_url(re.compile(r"/services/repairs/[0-9A-Z]{8}/$"))
    code, own = code_of(page), page.url
    look()
    desk, desk_watch = new_page(WIDE, storage_state=clerk)
    act_on(desk, prefix, "repair", code, "forward", firm="1")
    address = desk.locator("#repair-link").get_attribute("href")
    faults += desk_watch.axe(desk)
    firm, firm_watch = new_page(NARROW, forgiven=("404",))
    firm.goto(str(address))
    faults.extend(faults_of(firm, firm_watch, NARROW, "light", language))
    firm.fill("#id_words", "new seal")
    firm.set_input_files("#id_photo", photo)
    firm.locator("main form button").press("Enter")
    expect(firm.locator("main form")).to_have_count(0)
    faults.extend(faults_of(firm, firm_watch, NARROW, "light", language))
    firm.goto(str(address))
    expect(firm.locator("main [data-code=link_used]")).to_be_visible()
    page.goto(own)
    expect(page.locator("main")).to_contain_text("new seal")
    expect(page.locator("main img.photo")).to_have_count(2)
    look()
    act_on(desk, prefix, "repair", code, "confirm")
    desk.wait_for_url("**/change/")
    page.reload()
    expect(page.locator("main .badge.quiet")).to_have_count(1)
    assert not faults + watch.faults + desk_watch.faults, "\n".join(faults)
