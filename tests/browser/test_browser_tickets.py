"""A number from the code at the entrance until it is done, in both languages; a clerk's day by keyboard."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.browsing import LOOKS, NARROW, WIDE, wear
from tests.browser.conftest import NewPage, signed_in
from tests.browser.demo_site import Site, run
from tests.browser.test_browser_pages import faults_of

pytestmark = pytest.mark.browser
# A hall of its own, open around the clock: CI runs at night, and no other test reads it.
OWN_HALL = """
import json, sys, django
django.setup()
from django.utils import timezone
from circle.models import Community, Facility
from services.actions.ticket_entrance import entrance_token
from services.models import Counter, ServiceItem, TicketHall
code = sys.argv[2]
first = Facility.objects.get(community=Community.objects.earliest("pk"), code="hall")
hall, _is_new = Facility.objects.get_or_create(
    community=first.community, code=code, defaults={
        "name_zh": "夜间大厅", "name_en": "Night hall", "kind": first.kind, "latitude": first.latitude,
        "longitude": first.longitude, "address_zh": first.address_zh, "address_en": first.address_en})
setting, _is_new = TicketHall.objects.get_or_create(facility=hall, defaults={"community": hall.community})
counter, _is_new = Counter.objects.get_or_create(
    community=hall.community, code=code,
    defaults={"facility": hall, "name_zh": "一号窗口", "name_en": "Window 1"})
counter.items.set(ServiceItem.objects.filter(community=hall.community)[:3])
json.dump({"hall": hall.short_code, "counter": counter.pk, "key": setting.device_key,
           "token": entrance_token(hall, timezone.now())}, open(sys.argv[1], "w"))
"""


@pytest.fixture(scope="session")
def clerk(browser: Browser, site: Site) -> Any:
    return signed_in(browser, site, "clerk@demo.invalid")


def own_hall(site: Site, tmp_path: Path, code: str) -> dict[str, Any]:
    written = tmp_path / "hall.json"
    run(site.directory, "-c", OWN_HALL, str(written), code)
    found: dict[str, Any] = json.loads(written.read_text())
    return found


def press(desk: Page, key: str) -> None:
    with desk.expect_navigation():
        desk.keyboard.press(key)
    expect(desk.locator(".messagelist .error, .errornote")).to_have_count(0)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_number_from_the_code_at_the_entrance_until_it_is_done(
    new_page: NewPage, site: Site, clerk: Any, tmp_path: Path, language: str
) -> None:
    said, prefix = own_hall(site, tmp_path, f"night-{language}"), "/en" if language == "en" else ""
    phone, watch = new_page(NARROW, java_script_enabled=True)
    faults: list[str] = []
    phone.goto(f"{prefix}/services/draw/{said['hall']}/{said['token']}/")
    faults += faults_of(phone, watch, NARROW, "light", language)
    phone.locator("main button[name=line]").click()
    phone.wait_for_url("**/services/tickets/**")
    number = phone.locator(".ticket .figure").inner_text()
    faults += faults_of(phone, watch, NARROW, "light", language)
    desk, desk_watch = new_page(WIDE, storage_state=clerk)
    desk.goto(f"{prefix}/admin/services/ticket/window/{said['counter']}/")
    press(desk, "n")
    expect(desk.locator(".code")).to_have_text(number)
    faults += desk_watch.axe(desk)
    phone.reload()
    expect(phone.locator("main [role=status]")).to_be_visible()
    screen, screen_watch = new_page(1920)
    screen.goto(f"{prefix}/services/screen/{said['hall']}/")
    expect(screen.locator(".called strong").first).to_have_text(number)
    faults += screen_watch.faults + screen_watch.axe(screen)
    press(desk, "s")
    press(desk, "d")
    phone.reload()
    expect(phone.locator("main button.plain")).to_have_count(0)
    faults += watch.faults + desk_watch.faults
    assert not faults, "\n".join(faults)


def test_devices_of_a_hall_have_no_faults(new_page: NewPage, site: Site, tmp_path: Path) -> None:
    said = own_hall(site, tmp_path, "night-devices")
    page, watch = new_page(NARROW)
    wear(page.context, site.origin, LOOKS["elder"])
    faults: list[str] = []
    for address in (f"/services/entrance/{said['key']}/", f"/en/services/kiosk/{said['key']}/"):
        page.goto(address)
        faults += watch.axe(page)
    page.locator("button[name=line]").click()
    page.wait_for_url("**/kiosk/*/*/")
    faults += watch.axe(page) + watch.faults
    assert not faults, "\n".join(faults)


def test_day_of_a_clerk_by_keyboard(new_page: NewPage, site: Site, clerk: Any, tmp_path: Path) -> None:
    """Five people: two done, one does not come, one fetches a paper and comes back, one is called twice."""
    said = own_hall(site, tmp_path, "night-keys")
    kiosk, _watch = new_page(WIDE)
    for _number in range(5):
        kiosk.goto(f"/services/kiosk/{said['key']}/")
        kiosk.locator("button[name=line]").click()
        kiosk.wait_for_url("**/kiosk/*/*/")
    desk, watch = new_page(WIDE, storage_state=clerk)
    desk.goto(f"/admin/services/ticket/window/{said['counter']}/")
    for keys in ("ns", "ns", "nx", "nsp", "nrsd"):
        for key in keys:
            press(desk, key)
    desk.keyboard.press("/")
    desk.keyboard.type("a004")
    with desk.expect_navigation():
        desk.keyboard.press("Enter")
    press(desk, "c")
    expect(desk.locator(".code")).to_have_text("A004")
    for key in "sd":
        press(desk, key)
    expect(desk.locator("ol.rows")).to_have_count(0)
    expect(desk.locator("ul.rows li")).to_have_count(1)  # who did not come
    assert watch.faults + watch.axe(desk) == []
