"""A number from the code at the entrance until it is done, in both languages; a clerk's day by keyboard."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.browsing import LOOKS, NARROW, WIDE, wear
from tests.browser.conftest import NewPage, signed_in
from tests.browser.demo_site import Site, run
from tests.browser.test_browser_pages import faults_of

pytestmark = pytest.mark.browser
# A hall of its own without hours: CI runs at night. It is published for the journey alone, since pages that
# other tests read list the places.
OWN_HALL = """
import json, sys, django
django.setup()
from django.db import transaction
from django.utils import timezone
from circle.identifiers.public_codes import short_code
from circle.models import Community, Facility
from services.actions.ticket_entrance import entrance_token
from services.models import Counter, ServiceItem, TicketHall
code = sys.argv[2]
with transaction.atomic():
    hall = Facility.objects.get(community=Community.objects.earliest("pk"), code="hall")
    hall.pk, hall.code, hall.short_code, hall.is_published = None, code, short_code(), True
    hall.name_zh, hall.name_en = "夜间大厅", "Night hall"
    hall._state.adding = True
    hall.save()
    setting = TicketHall.objects.create(facility=hall, community=hall.community)
    names = {"name_zh": "一号窗口", "name_en": "Window 1"}
    counter = Counter.objects.create(community=hall.community, code=code, facility=hall, **names)
    counter.items.set(ServiceItem.objects.filter(community=hall.community)[:3])
json.dump({"hall": hall.short_code, "counter": counter.pk, "key": setting.device_key,
           "token": entrance_token(hall, timezone.now())}, open(sys.argv[1], "w"))
"""
SHUT = """
import sys, django
django.setup()
from django.utils import timezone
from circle.models import Facility
from services.actions.ticket_news import close_ticket
from services.models import Counter, Ticket
hall, counter = Facility.objects.get(code=sys.argv[1]), Counter.objects.get(code=sys.argv[1])
for ticket in Ticket.objects.live().filter(facility=hall):
    close_ticket(ticket, timezone.now())
Facility.objects.filter(pk=hall.pk).update(is_published=False)
Counter.objects.filter(pk=counter.pk).update(is_active=False)
counter.items.clear()
"""
CALL_ONE = """
import sys, django
django.setup()
from django.utils import timezone
from circle.models import User
from services import actions
from services.models import Counter
counter, at = Counter.objects.get(pk=sys.argv[1]), timezone.now()
actions.draw_ticket(facility=counter.facility, origin="kiosk", at=at)
actions.call_next(counter=counter, at=at, by=User.objects.get(email="clerk@demo.invalid"))
"""
NOTHING_LEFT = """
import sys, django
django.setup()
from circle.models import Facility
from services.models import Counter, Ticket
hall, counter = Facility.objects.get(short_code=sys.argv[1]), Counter.objects.get(pk=sys.argv[2])
left = [hall.is_published, counter.is_active, counter.items.exists(),
        Ticket.objects.live().filter(facility=hall).exists()]
assert not any(left), left
"""


@pytest.fixture(scope="session")
def clerk(browser: Browser, site: Site) -> Any:
    return signed_in(browser, site, "clerk@demo.invalid")


@contextmanager
def own_hall(site: Site, written: Path) -> Iterator[dict[str, Any]]:
    """The addresses of a hall, which is taken out of the demo afterwards, also where its journey fails."""
    code = f"night-{uuid4().hex[:8]}"
    run(site.directory, "-c", OWN_HALL, str(written), code)
    try:
        yield json.loads(written.read_text())
    finally:
        run(site.directory, "-c", SHUT, code)


@pytest.fixture
def said(site: Site, tmp_path: Path) -> Iterator[dict[str, Any]]:
    with own_hall(site, tmp_path / "hall.json") as addresses:
        yield addresses


@pytest.mark.long
def test_journey_that_fails_halfway_leaves_nothing_in_the_demo(site: Site, tmp_path: Path) -> None:
    said: dict[str, Any] = {}

    def journey() -> None:
        with own_hall(site, tmp_path / "hall.json") as addresses:
            said.update(addresses)
            run(site.directory, "-c", CALL_ONE, str(said["counter"]))
            raise LookupError

    with pytest.raises(LookupError):
        journey()
    run(site.directory, "-c", NOTHING_LEFT, said["hall"], str(said["counter"]))


def press(desk: Page, key: str) -> None:
    with desk.expect_navigation():
        desk.keyboard.press(key)
    expect(desk.locator(".messagelist .error, .errornote")).to_have_count(0)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_number_from_the_code_at_the_entrance_until_it_is_done(
    new_page: NewPage, said: dict[str, Any], clerk: Any, language: str
) -> None:
    prefix = "/en" if language == "en" else ""
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
    phone.locator("main button[name=rate]").click()
    phone.wait_for_url("**/rate/*/")
    faults += faults_of(phone, watch, NARROW, "light", language)
    phone.locator(".faces a").first.click()
    phone.locator("main form button").click()
    expect(phone.locator("main [role=status]")).to_be_visible()
    faults += faults_of(phone, watch, NARROW, "light", language)
    faults += watch.faults + desk_watch.faults
    assert not faults, "\n".join(faults)


def test_devices_of_a_hall_have_no_faults(new_page: NewPage, site: Site, said: dict[str, Any]) -> None:
    page, watch = new_page(NARROW)
    wear(page.context, site.origin, LOOKS["elder"])
    faults: list[str] = []
    for address in ("services/faces", "services/entrance", "en/services/kiosk"):
        page.goto(f"/{address}/{said['key']}/")
        faults += watch.axe(page)
    page.locator("button[name=line]").click()
    page.wait_for_url("**/kiosk/*/*/")
    faults += watch.axe(page) + watch.faults
    assert not faults, "\n".join(faults)


def test_day_of_a_clerk_by_keyboard(new_page: NewPage, said: dict[str, Any], clerk: Any) -> None:
    """Five people: two done, one does not come, one fetches a paper and comes back, one is called twice."""
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
