"""Each kind of care from its page to its end: asked for by keyboard, in elder mode and in English; given."""

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from circle.models import Alarm, Resident
from eldercare import actions
from eldercare.demo import DATA, add_kind
from eldercare.models import CareBooking, CareKind, CareProfile
from tests import make
from tests import make_eldercare as care
from tests.browser.browsing import LOOKS, NARROW, WIDE, Watch, wear
from tests.browser.own_clock import ClockedPages
from tests.browser.test_browser_booking import tab_to
from tests.browser.test_browser_childcare import clean

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KINDS = json.loads(DATA.read_text(encoding="utf-8"))
NOT_BOOKED = {"meals"}  # they are ordered from the menu of the canteen
BOOKED = [row["code"] for row in KINDS if row["way"] != "emergency" and row["code"] not in NOT_BOOKED]
OWN_CODE = "2580"
VALUES = {"systolic": "128", "diastolic": "78", "pulse": "72", "temperature": "36.4"}
SUBMIT = "main form button:not(.plain)"


@pytest.fixture
def elder() -> Iterator[Resident]:
    """Eighty years old, at home in the community of all kinds of care, with a grade."""
    call_command("seed_rules", verbosity=0)
    community = make.here()
    for code in ("canteen", "elder-station", "volunteer-post"):
        make.facility(code=code, community=community, hours="7:00-20:00")
    for order, row in enumerate(KINDS):
        add_kind(community, row, order)
    actions.lay_out_slots(community=community, at=make.MORNING)
    building = make.building(community=community)
    person = make.own_resident(community=community, building=building, born_on=dt.date(1946, 5, 1))
    CareProfile.objects.create(resident=person, community=community, grade=2, graded_on=make.MORNING.date())
    care.agreement(kind=CareKind.objects.get(code="day-care"), resident=person)
    return person


def go_on(page: Page, watch: Watch, selector: str, then: str) -> None:
    clean(page, watch)
    tab_to(page, selector)
    page.keyboard.press("Enter")
    page.wait_for_url(then)


def answer_questions(page: Page) -> None:
    """Yes to each condition; the address where it is not known; consent where it is asked for."""
    for box in page.locator("main input[type=radio][value=yes], #id_consents").all():
        box.focus()
        page.keyboard.press("Space")
    building, door = page.locator("#id_building"), page.locator("#id_door")
    if building.count() and not building.input_value():
        building.focus()
        page.keyboard.press("ArrowDown")
    if door.count() and not door.input_value():
        door.focus()
        page.keyboard.type("2-501")


def ask_for_care(page: Page, watch: Watch, prefix: str, kind: CareKind) -> CareBooking:
    page.goto(f"{prefix}/eldercare/{kind.code}/")
    is_timed = kind.way == "booking"
    go_on(page, watch, "main a.button[href$='/who/']", "**/when/?*" if is_timed else "**/needs/?*")
    if is_timed:
        tab_to(page, ".times input:enabled")
        page.keyboard.press("Space")
        go_on(page, watch, SUBMIT, "**/needs/?*")
    answer_questions(page)
    go_on(page, watch, SUBMIT, "**/check/?*")
    go_on(page, watch, SUBMIT, "**/eldercare/bookings/*/")
    clean(page, watch)
    return CareBooking.objects.get()


def send_crew(booking: CareBooking) -> Any:
    """Confirmed for tomorrow where no time was chosen; who gives it is trained where that is asked for."""
    community, kind, boss = booking.community, booking.kind, care.coordinator(community=booking.community)
    said = {"at": make.MORNING, "by": boss}
    tomorrow = make.MORNING.date() + dt.timedelta(days=1)
    actions.confirm_booking(booking=booking, day=None if booking.slot_id else tomorrow, **said)
    if kind.is_volunteer_led:
        lead, second = make.post("volunteer", community=community).user, None
    else:
        crew = [care.carer(community=community) for _place in range(kind.crew_size)]
        for worker in crew if kind.skill else ():
            care.certificate(user=worker.user, community=community, skill=kind.skill)
        lead, second = crew[0].user, crew[1] if kind.crew_size == 2 else None
        if second:
            actions.set_own_code(worker=second, code=OWN_CODE)
    actions.assign_worker(booking=booking, worker=lead, assistant=second.user if second else None, **said)
    return lead


def enter_steps(page: Page, watch: Watch, *verbs: str) -> None:
    """On the phone of who gives it: the check of the day, the start, what was done."""
    button = page.locator("main .pad button:not(.plain)")
    while button.count() and (verb := button.get_attribute("value")) in verbs:
        for name, value in VALUES.items() if verb == "check" else ():
            if page.locator(f"#id_{name}").count():
                page.fill(f"#id_{name}", value)
        for box in page.locator("main input:is([type=radio][value=yes], [name=done])").all():
            box.check()
        if page.locator("#id_code").count():
            page.fill("#id_code", OWN_CODE)
        if verb == "finish":
            sign_with_a_finger(page)
        clean(page, watch)
        button.click()
        expect(page.locator("main > .note.ok")).to_be_visible()


def sign_with_a_finger(page: Page) -> None:
    page.locator("input[name=signature][value=glass]").check()
    glass = page.locator("[data-sign] canvas")
    glass.scroll_into_view_if_needed()
    box = glass.bounding_box()
    assert box
    assert box["width"] > NARROW / 2
    left, middle = box["x"] + 20, box["y"] + box["height"] / 2
    page.mouse.move(left, middle)
    page.mouse.down()
    for step in range(1, 6):
        page.mouse.move(left + 30 * step, middle + (20 if step % 2 else -20))
    page.mouse.up()


def give_care(desk: ClockedPages, clock: Any, lead: Any, prefix: str, booking: CareBooking) -> None:
    begin = booking.starts_at or make.moment(1, 10)
    end = begin + dt.timedelta(minutes=booking.kind.minutes or 0)
    for moment, verbs in ((begin, ("check", "begin")), (end, ("finish",))):
        clock.move_to(moment)
        page, watch = desk.page_of(lead, NARROW)  # anew: whoever pauses for so long is signed out
        page.goto(f"{prefix}/eldercare/today/{booking.code}/")
        enter_steps(page, watch, *verbs)


@pytest.mark.parametrize("code", BOOKED)
@pytest.mark.parametrize(
    ("prefix", "width", "look"), [("", NARROW, "elder"), ("/en", WIDE, "light")], ids=["zh", "en"]
)
def test_care_is_asked_for_by_keyboard_and_given(
    desk: ClockedPages, clock: Any, elder: Resident, prefix: str, width: int, look: str, code: str
) -> None:
    page, watch = desk.page_of(elder.login, width)
    wear(page.context, desk.origin, LOOKS[look])
    booking = ask_for_care(page, watch, prefix, CareKind.objects.get(code=code))
    lead = send_crew(booking)
    booking.refresh_from_db()
    give_care(desk, clock, lead, prefix, booking)
    booking.refresh_from_db()
    assert booking.status == "done"
    page, watch = desk.page_of(elder.login, width)
    page.goto(f"{prefix}/eldercare/bookings/{booking.code}/")
    clean(page, watch)


@pytest.mark.parametrize(
    ("prefix", "width", "look"), [("", NARROW, "elder"), ("/en", WIDE, "light")], ids=["zh", "en"]
)
def test_help_is_called_by_keyboard_and_seen_to(
    desk: ClockedPages, clock: Any, elder: Resident, prefix: str, width: int, look: str
) -> None:
    clock.move_to(make.moment(1, 10))
    page, watch = desk.page_of(elder.login, width)
    wear(page.context, desk.origin, LOOKS[look])
    page.goto(f"{prefix}/eldercare/urgent/")
    go_on(page, watch, "main a[href$='/eldercare/call/']", "**/eldercare/call/")
    go_on(page, watch, "main form button", "**/eldercare/call/")
    expect(page.locator("main > .note.ok")).to_contain_text("120")
    clean(page, watch)
    assert Alarm.objects.get().resident == elder
