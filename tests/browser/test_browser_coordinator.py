"""The coordinator's whole day, from the morning's queues to the evening's figures."""

import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from circle.models import Absence, Alarm, StaffPost, User
from eldercare import actions
from eldercare.admin.figures import counts_by_kind
from eldercare.models import CareBooking, CareKind, CareSeries, SeriesDate
from tests import make
from tests import make_eldercare as care
from tests.browser.browsing import NARROW, WIDE
from tests.browser.own_clock import ClockedPages
from tests.browser.test_browser_childcare import clean

pytestmark = [pytest.mark.browser, pytest.mark.long, pytest.mark.django_db(transaction=True)]
TODAY = make.MORNING.date()
BEFORE = make.MORNING - dt.timedelta(days=3)


@pytest.fixture
def kind() -> CareKind:
    """Given at the door every day from nine to five, one hour each."""
    call_command("seed_rules", verbosity=0)
    found = care.kind(community=make.here(), is_at_home=True, days_ahead=14)
    for weekday in range(7):
        care.shift(kind=found, weekday=weekday, opens=dt.time(9), closes=dt.time(17), places=1)
    actions.lay_out_slots(community=found.community, at=BEFORE)
    return found


def asked_for(kind: CareKind, hour: int, worker: User | None = None) -> CareBooking:
    """For today, by an elder at home; assigned where a worker is given."""
    slot = kind.slots.get(starts_at=make.moment(0, hour))
    answers = actions.Answers(building=care.home(kind.community), door="2-501")
    booking = care.booking(slot=slot, answers=answers, at=BEFORE)
    if worker:
        boss = care.coordinator(community=kind.community)
        actions.confirm_booking(booking=booking, at=BEFORE, by=boss)
        actions.assign_worker(booking=booking, worker=worker, at=BEFORE, by=boss)
    return booking


def waiting_date(kind: CareKind) -> SeriesDate:
    """Of a series whose next date found no free place."""
    answers = actions.Answers(building=care.home(kind.community), door="1-101")
    kind.slots.filter(starts_at=make.moment(8, 16)).update(capacity=0)
    slot = kind.slots.get(starts_at=make.moment(1, 16))
    series: CareSeries = care.series(kind=kind, slot=slot, answers=answers, at=BEFORE, weeks=3)
    found: SeriesDate = series.dates.waiting().get()
    return found


def be_ill(worker: User, colleague: User) -> None:
    """As the director enters it early in the morning."""
    post, substitute = (StaffPost.objects.get(user=each) for each in (worker, colleague))
    Absence.objects.create(post=post, starts_on=TODAY, ends_on=TODAY, substitute=substitute)


def open_queue(page: Page, part: str) -> None:
    """From the index of the back office."""
    page.goto("/admin/")
    page.locator(f"main a[href*='{part}'], #content a[href*='{part}']").first.click()
    page.wait_for_url(f"**{part}*")


def send(page: Page) -> None:
    """The form of the page that asks; what is refused stays on it."""
    page.locator("#content-main input[type=submit]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def see_to_the_morning(page: Page, new: CareBooking, moved: CareBooking, given: CareBooking) -> None:
    """Confirm what was asked for; of who is ill one visit moves, the other goes to a colleague."""
    open_queue(page, "attention=confirm")
    page.get_by_text(new.code).click()
    page.locator(f"a[href*='/ask/{new.code}/confirm/']").click()
    send(page)
    open_queue(page, "attention=crew")
    page.get_by_text(moved.code).click()
    page.locator(f"a[href*='/ask/{moved.code}/move/']").click()
    page.locator(".chips a").nth(1).click()
    page.locator(".times input").first.check()
    send(page)
    open_queue(page, "attention=crew")
    page.get_by_text(given.code).click()
    page.locator(f"a[href*='/ask/{given.code}/assign/']").click()
    send(page)


def assign_on_board(page: Page) -> None:
    page.goto(f"/admin/eldercare/carebooking/board/?date={TODAY}")
    page.locator("#content-main input[type=submit]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()


def find_time_for(page: Page, row: SeriesDate) -> None:
    open_queue(page, "seriesdate/?status__exact=waiting")
    page.locator(f"a[href*='/ask/{row.pk}/book/']").click()
    page.locator("#id_slot").select_option(index=0)
    send(page)


def enter_not_home(page: Page, booking: CareBooking) -> None:
    """The carer, on the phone."""
    page.goto(f"/eldercare/today/{booking.code}/")
    page.locator("details:has(button[value=not_home]) summary").click()
    page.locator("button[value=not_home]").click()
    expect(page.locator("main > .note.ok")).to_be_visible()


def see_to_alarm(page: Page) -> None:
    open_queue(page, "/alarm/desk/")
    page.locator("button[value=acknowledge]").click()
    page.locator("a[href$='/close/']").click()
    page.fill("textarea[name=words]", "女儿接走了，平安")
    send(page)


def give_care(page: Page, booking: CareBooking, verb: str) -> None:
    page.goto(f"/eldercare/today/{booking.code}/")
    if verb == "finish":
        page.check("input[name=signature][value=call]")
    page.locator(f"button[value={verb}]").click()
    expect(page.locator("main > .note.ok")).to_be_visible()


def test_whole_day_of_the_coordinator(desk: ClockedPages, clock: Any, kind: CareKind) -> None:
    boss = care.coordinator(community=kind.community)
    ill, well = (care.carer(community=kind.community).user for _ in range(2))
    new = asked_for(kind, 10)
    moved, given = asked_for(kind, 11, ill), asked_for(kind, 14, ill)
    date = waiting_date(kind)
    be_ill(ill, well)
    page, watch = desk.page_of(boss, WIDE)
    see_to_the_morning(page, new, moved, given)
    assign_on_board(page)
    find_time_for(page, date)
    clean(page, watch)
    for booking in (new, moved, given):
        booking.refresh_from_db()
    assert (new.assigned_to, given.assigned_to) == (well, well)
    assert (moved.status, moved.day > TODAY) == ("confirmed", True)
    date.refresh_from_db()
    assert date.status == "booked"

    clock.move_to(make.moment(0, 10, 20))
    enter_not_home(desk.page_of(well, NARROW)[0], new)
    page, watch = desk.page_of(boss, WIDE)
    see_to_alarm(page)
    clean(page, watch)
    assert Alarm.objects.get().status == "closed"
    for hour, verb in ((14, "begin"), (15, "finish")):
        clock.move_to(make.moment(0, hour))
        give_care(desk.page_of(well, NARROW)[0], given, verb)

    clock.move_to(make.moment(0, 17))
    page, watch = desk.page_of(boss, WIDE)
    open_queue(page, "attention=call")
    page.get_by_text(given.code).click()
    page.locator(f"a[href*='/ask/{given.code}/called/']").click()
    send(page)
    page.goto("/admin/eldercare/carebooking/figures/?month=2026-11")
    expect(page.locator("table.figures")).to_contain_text(kind.name_zh)
    clean(page, watch)
    [row] = counts_by_kind(kind.community, TODAY.replace(day=1), TODAY)
    assert (row["done"], row["not_home"], row["requested"]) == (1, 1, 0)
    assert not CareBooking.objects.nobody_home().exists()
    assert not CareBooking.objects.to_call_back().exists()
