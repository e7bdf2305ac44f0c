"""A booking from the search to the desk, by mouse in both languages and by keyboard alone in elder mode."""

import csv
import datetime as dt
import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from circle.calendar.working_days import SHANGHAI
from tests.browser.browsing import LOOKS, NARROW, WIDE, wear
from tests.browser.conftest import NewPage, signed_in
from tests.browser.demo_site import DATABASE, Site, run
from tests.browser.signing_in import forget_codes, sent_code, sign_in
from tests.browser.test_browser_pages import faults_of

pytestmark = pytest.mark.browser
# Demo residents with a login; one for each journey, so that none stands in another's way.
PHONES = {
    "zh": "154 0000 0002",
    "en": "154 0000 0015",
    "keyboard": "154 0000 0007",
    "no-script": "154 0000 0010",
    "line": "154 0000 0011",
}
CARD = "SI03"  # for all ages
# One of those who wait for the lawyer.
WAITING = """
import json, sys, django
django.setup()
from services.models import HallWaiting
rows = HallWaiting.objects.live().shown().exclude(resident__phone_index=None)
row = rows.order_by("pk").first()
json.dump({"code": row.code, "phone": row.resident.phone, "item": row.item.code}, open(sys.argv[1], "w"))
"""
HALL = re.compile("一站式便民服务大厅|One-Stop Service Hall")
BRING_TO_TODAY = """
    UPDATE services_slot SET day = date('now', '+8 hours'), starts_at = datetime('now', '-60 seconds'),
      ends_at = datetime('now', '+1800 seconds')
    WHERE id = (SELECT slot_id FROM services_booking WHERE code = :code)"""


@pytest.fixture(scope="session")
def clerk(browser: Browser, site: Site) -> Any:
    return signed_in(browser, site, "clerk@demo.invalid")


def make_it_today(site: Site, code: str) -> None:
    """The day has come: shops are shut when CI runs at night, so the booking's time is brought to now."""
    with closing(sqlite3.connect(site.directory / DATABASE, timeout=20)) as database, database:
        database.execute(BRING_TO_TODAY, {"code": code})
        database.execute(
            "UPDATE services_booking SET day = date('now', '+8 hours') WHERE code = :code", {"code": code}
        )


def code_on(page: Page) -> str:
    expect(page.locator(".ticket .code")).to_be_visible()
    return page.locator(".ticket .code").inner_text().strip()


@pytest.mark.parametrize(("language", "width"), [("zh", NARROW), ("en", WIDE)])
def test_booking_is_found_made_announced_checked_in_and_served(
    new_page: NewPage, site: Site, clerk: Any, language: str, width: int
) -> None:
    page, watch = new_page(width)
    wear(page.context, site.origin, LOOKS["light"])
    prefix = "/en" if language == "en" else ""
    faults: list[str] = []

    def look() -> None:
        faults.extend(faults_of(page, watch, width, "light", language))

    page.goto(f"{prefix}/")
    page.get_by_role("searchbox").fill("shbzk")
    page.get_by_role("searchbox").press("Enter")
    page.locator(f"main a[href='{prefix}/services/{CARD}/']").click()
    page.locator(f"main a[href='{prefix}/services/{CARD}/book/']").click()
    page.wait_for_url("**/book/")
    look()
    page.locator(".days a").nth(3).click()
    page.wait_for_url("**/book/?day=*")
    page.locator(".time input:enabled").first.check()
    page.locator("main form button").click()
    page.wait_for_url("**/sign-in/**")
    sign_in(page, site, PHONES[language])
    page.wait_for_url("**/book/check/**")
    look()
    page.locator("main a[href*='choose=1']").click()
    page.wait_for_url(f"**{prefix}/services/{CARD}/book/who/**")
    look()
    page.locator("input[name=resident]").check()
    page.locator("main form button").first.click()
    page.wait_for_url("**/book/check/**")
    page.locator("main form button").click()
    page.wait_for_url("**/services/bookings/**")
    look()
    code = code_on(page)
    page.goto(f"{prefix}/me/")
    expect(page.locator(".told", has_text=code)).to_be_visible()
    look()

    make_it_today(site, code)
    desk, desk_watch = new_page(WIDE, storage_state=clerk)
    served_at_the_desk(desk, prefix, code)
    page.goto(f"{prefix}/services/bookings/{code}/")

    expect(page.locator("main .badge").first).to_have_text(re.compile("已办结|served"))
    faults += desk_watch.faults + desk_watch.axe(desk)
    assert not faults, "\n".join(faults)


def served_at_the_desk(desk: Page, prefix: str, code: str) -> None:
    """The clerk types the code, then says that the matter is dealt with."""
    desk.goto(f"{prefix}/admin/")
    desk.locator(".queues a[href$='/booking/day/']").click()
    desk.locator("#content-main a", has_text=HALL).click()
    desk.fill(".scan input[name=code]", f" {code[:4].lower()}-{code[4:]} ")
    desk.press(".scan input[name=code]", "Enter")
    row = desk.locator("table.sheet tr", has_text=code)
    expect(desk.locator(".messagelist .success")).to_be_visible()
    row.locator("button[value=serve]").click()
    expect(row).to_have_class(re.compile("served"))


def test_booking_without_javascript_is_moved_and_cancelled(new_page: NewPage, site: Site) -> None:
    page, watch = new_page(NARROW, java_script_enabled=False)
    page.goto(f"/services/{CARD}/book/")
    page.locator(".days a").nth(5).click()
    page.locator(".time input:enabled").last.check()
    page.locator("main form button").click()
    forget_codes(site)
    page.fill("#id_phone", PHONES["no-script"])
    page.locator("main form button").click()
    page.fill("#id_code", sent_code(site))
    page.locator("button[value=verify]").click()
    page.locator("main form button").click()
    code = code_on(page)
    page.locator("main a[href$='/move/']").click()
    page.locator(".days a").nth(6).click()
    page.locator(".time input:enabled").first.check()
    page.locator("main form button").click()
    expect(page.locator("main [role=status]")).to_be_visible()
    assert code_on(page) == code
    page.locator("main a[href$='/cancel/']").click()
    page.locator("main form button").click()

    expect(page.locator(".ticket")).to_have_count(0)
    assert watch.faults == []


def test_place_in_the_line_is_found_without_an_account(new_page: NewPage, site: Site, tmp_path: Path) -> None:
    written = tmp_path / "waiting.json"
    run(site.directory, "-c", WAITING, str(written))
    said = json.loads(written.read_text())
    page, watch = new_page(NARROW)
    page.goto("/services/bookings/")
    page.locator("main a[href$='/services/waiting/']").click()
    page.fill("[name=phone]", said["phone"])
    page.fill("[name=code]", said["code"])
    page.press("[name=code]", "Enter")
    page.wait_for_url(f"**/services/waiting/{said['code']}/")
    faults = faults_of(page, watch, NARROW, "light", "zh")
    page.locator("main button[value=leave], main button[value=decline]").click()
    expect(page.locator("main [role=status]")).to_be_visible()
    faults += watch.axe(page)
    page.locator("form[action$='/forget/'] button").click()
    page.goto(f"/services/waiting/{said['code']}/")
    expect(page.locator("[name=phone]")).to_be_visible()  # the next person is asked who they are
    sign_in_at = f"/services/{said['item']}/wait/"
    page.goto(sign_in_at)
    sign_in(page, site, PHONES["line"])
    page.wait_for_url(f"**{sign_in_at}")
    faults += faults_of(page, watch, NARROW, "light", "zh")
    assert not faults, "\n".join(faults)


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until what fits the selector has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no Tab leads to {selector}")


def test_booking_by_keyboard_alone_in_elder_mode(new_page: NewPage, site: Site) -> None:
    page, watch = new_page(NARROW)
    wear(page.context, site.origin, LOOKS["elder"])
    faults: list[str] = []

    def press(selector: str, key: str, then: str) -> None:
        tab_to(page, selector)
        page.keyboard.press(key)
        page.wait_for_url(then)
        faults.extend(faults_of(page, watch, NARROW, "elder", "zh"))

    page.goto(f"/services/{CARD}/")
    press(f"main a[href='/services/{CARD}/book/']", "Enter", "**/book/")
    press(".days li:nth-child(5) a", "Enter", "**/book/?day=*")
    tab_to(page, ".time input")
    page.keyboard.press("Space")
    press("main form button", "Enter", "**/sign-in/**")
    forget_codes(site)
    type_into(page, "#id_phone", PHONES["keyboard"])
    page.wait_for_url("**/sign-in/code/**")
    type_into(page, "#id_code", sent_code(site))
    page.wait_for_url("**/book/check/**")
    press("main form button", "Enter", "**/services/bookings/**")

    assert len(code_on(page)) == 8
    assert not faults, "\n".join(faults)


def type_into(page: Page, selector: str, text: str) -> None:
    tab_to(page, selector)
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def test_phone_booking_of_someone_without_a_phone_counts_like_any_other(
    new_page: NewPage, site: Site, clerk: Any
) -> None:
    page, watch = new_page(WIDE, storage_state=clerk)
    before = counted(page)
    page.goto("/admin/services/booking/new/?facility=" + poster_code(page))
    page.fill("#content input[name=q]", "马奶奶")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="马奶奶").click()
    page.select_option("#item", "CV03")
    page.locator("form[method=get] [type=submit]").click()
    page.locator("input[name=slot]").first.check()
    page.locator("form[method=post] .buttons [type=submit]").click()
    page.wait_for_url("**/booking/booked/**")
    faults = watch.axe(page)

    assert counted(page) == before + 1
    assert watch.faults + faults == []


def poster_code(page: Page) -> str:
    """Of the hall, from the address of its day sheet."""
    page.goto("/admin/services/booking/day/")
    address = page.locator("#content-main a", has_text=HALL).get_attribute("href") or ""
    return address.rstrip("/").split("/")[-1]


def counted(page: Page) -> int:
    """The bookings in the figures of this month and the two after it."""
    found = 0
    month = dt.datetime.now(SHANGHAI).date().replace(day=1)
    for _ in range(3):
        answer = page.request.get(f"/admin/services/booking/figures/?csv=1&month={month:%Y-%m}")
        rows = list(csv.reader(answer.text().lstrip("\ufeff").splitlines()))
        found += sum(int(row[2]) for row in rows[1:] if row[0])
        month = (month + dt.timedelta(days=32)).replace(day=1)
    return found
