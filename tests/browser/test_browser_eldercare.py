"""Care is booked for a grandmother without a phone, and the station brings it to its end."""

import json
import re
import sqlite3
from contextlib import closing
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.browsing import NARROW, WIDE
from tests.browser.conftest import NewPage, signed_in
from tests.browser.demo_site import DATABASE, Site
from tests.browser.signing_in import sign_in
from tests.browser.test_browser_pages import faults_of

pytestmark = pytest.mark.browser
TEACHER = "15400000015"
DAUGHTER, GRANDMA, TAYLOR = "15400000001", "王奶奶（演示）", "15400000011"


@pytest.fixture(scope="session")
def coordinator(browser: Browser, site: Site) -> Any:
    return signed_in(browser, site, "care@demo.invalid")


def stored(site: Site, code: str) -> tuple[str, list[str], str]:
    """Status, needs and day."""
    with closing(sqlite3.connect(f"file:{site.directory / DATABASE}?mode=ro", uri=True)) as database:
        status, needs, day = database.execute(
            "SELECT status, needs, day FROM eldercare_carebooking WHERE code = ?", [code]
        ).fetchone()
    return status, json.loads(needs), day


def follow(page: Page) -> None:
    """To the next step: the one solid button of a page."""
    page.locator("main form button:not(.plain)").last.click()


def test_care_is_booked_confirmed_assigned_and_called_off(
    new_page: NewPage, site: Site, coordinator: Any
) -> None:
    page, watch = new_page(NARROW, forgiven=("422",))
    faults = []

    def look(width: int = NARROW, language: str = "zh") -> None:
        faults.extend(faults_of(page, watch, width, "light", language))

    page.goto("/eldercare/")
    page.locator("main a.tile[href='/eldercare/bathing/']").click()
    page.locator("main a.button[href$='/who/']").click()
    sign_in(page, site, DAUGHTER)
    page.wait_for_url("**/when/?resident=*")  # it suits nobody else of hers: nobody is asked
    expect(page.locator("main")).to_contain_text(GRANDMA)
    page.locator("a.back").click()
    page.wait_for_url("**/bathing/who/?choose=1")
    look()
    page.locator("label.choice", has_text=GRANDMA).click()
    follow(page)
    page.wait_for_url("**/when/?resident=*")
    look()
    page.locator(".days a").last.click()
    page.locator(".times input:enabled").first.check()
    follow(page)
    page.wait_for_url("**/needs/?**")
    follow(page)  # nothing is answered: refused
    expect(page.locator(".summary")).to_be_focused()
    look()
    for box in page.locator("input[type=radio][value=yes]").all():
        box.check()
    page.locator("input[name=needs][value=wheelchair]").check()
    page.fill("#id_note", "请走东门")
    follow(page)
    page.wait_for_url("**/check/?**")
    look()
    follow(page)
    page.wait_for_url("**/eldercare/bookings/*/")
    look()
    code = page.url.rstrip("/").rpartition("/")[2]
    page.locator("main a[href$='/move/']").click()
    page.wait_for_url("**/move/")
    look()
    page.go_back()
    assert stored(site, code)[:2] == ("requested", ["wheelchair"])

    desk, desk_watch = new_page(WIDE, storage_state=coordinator)
    desk.goto("/admin/eldercare/carebooking/?attention=confirm")
    desk.get_by_role("link", name=code).click()
    desk.wait_for_url("**/change/**")
    faults += desk_watch.axe(desk)
    desk.goto(f"/admin/eldercare/carebooking/day/?date={stored(site, code)[2]}")
    row = desk.locator("tr", has_text=code)
    faults += desk_watch.axe(desk)
    row.locator("button[value=confirm]").click()
    expect(row.locator("a[href*='/assign/']")).to_be_visible()
    row.locator("a[href*='/assign/']").click()
    desk.wait_for_url("**/assign/**")
    faults += desk_watch.axe(desk)
    desk.locator("#content [type=submit]").click()
    desk.wait_for_url("**/day/?date=*")
    assert stored(site, code)[0] == "assigned"
    row.locator("a[href*='/revoke/']").click()
    desk.wait_for_url("**/revoke/**")
    desk.fill("#reason", "浴室停水")
    desk.locator("#content [type=submit]").click()
    desk.wait_for_url("**/day/?date=*")
    assert stored(site, code)[0] == "revoked"

    page.reload()
    expect(page.locator("main .note.warn").first).to_contain_text("浴室停水")
    assert not faults + desk_watch.faults, "\n".join(faults + desk_watch.faults)


def test_request_in_english_is_sent_and_cancelled_and_a_no_leads_to_the_phone(
    new_page: NewPage, site: Site
) -> None:
    page, watch = new_page(WIDE, forgiven=("422",))
    page.goto("/en/eldercare/company/who/")
    sign_in(page, site, TAYLOR)
    page.wait_for_url("**/en/eldercare/company/who/")
    faults = faults_of(page, watch, WIDE, "light", "en")
    page.locator("label.choice", has_text="Taylor").click()
    follow(page)
    page.wait_for_url("**/needs/?**")
    faults += watch.axe(page)
    page.locator("input[name=needs][value=chess]").check()
    page.check("#id_consents")
    follow(page)
    page.wait_for_url("**/check/?**")
    faults += faults_of(page, watch, WIDE, "light", "en")
    follow(page)
    page.wait_for_url("**/en/eldercare/bookings/*/")
    faults += faults_of(page, watch, WIDE, "light", "en")
    page.locator("main a[href$='/cancel/']").click()
    page.wait_for_url("**/cancel/")
    faults += watch.axe(page)
    follow(page)
    page.wait_for_url(re.compile(r"/en/eldercare/bookings/\w+/$"))
    expect(page.locator("main [role=status]")).to_be_visible()
    page.goto("/en/eldercare/bathing/who/")  # for people of sixty or more
    expect(page.locator("input[name=resident]:enabled")).to_have_count(0)
    faults += watch.axe(page)
    page.context.clear_cookies()
    page.goto("/en/eldercare/bathing/who/")
    sign_in(page, site, TEACHER)  # who is alone is not asked for whom
    page.wait_for_url("**/when/?resident=*")
    page.locator(".days a").last.click()
    page.locator(".times input:enabled").first.check()
    follow(page)
    page.locator("input[type=radio][value=no]").first.check()
    follow(page)
    expect(page.locator(".summary")).to_contain_text("0851-0000")

    assert not faults, "\n".join(faults)
