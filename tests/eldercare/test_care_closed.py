"""Care on closed days: what is booked says so at once; nothing is asked for, laid out or reminded of."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import translation

from circle.models import Closure, Message, OpeningHours
from circle.signals import facility_closed, timetable_changed
from eldercare import actions
from eldercare.backoffice.queues import care_queues
from eldercare.hooks.resident_card import card_section
from eldercare.models import CareBooking, CareSlot
from tests import make
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]

AT = make.MORNING  # a Tuesday
AFTERNOON = make.moment(0, 16)
TOMORROW = make.moment(1, 9).date()
CLOSED = "This time has been closed"
REMINDS = "We remind you the day before"


@pytest.fixture
def booking():
    """Confirmed for tomorrow at nine, and booked some days ago."""
    found = care.confirmed()
    change(found, booked_at=make.moment(-3, 9))
    return found


@pytest.fixture
def request_of_tomorrow():
    """Confirmed for tomorrow, without a time."""
    found = care.request(day=TOMORROW)
    actions.confirm_booking(booking=found, at=AT, by=care.coordinator(community=found.community))
    change(found, booked_at=make.moment(-3, 9))
    return found


def change(row, **values) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**values)


def close_slot(booking: CareBooking) -> None:
    actions.close_slot(slot=booking.slot, at=AT, by=care.coordinator())


def close_place(booking: CareBooking) -> None:
    make.closure(facility=booking.kind.facility, starts_on=booking.day)
    actions.lay_out_slots(community=booking.community, at=AT)


CAUSES = {
    "time closed": close_slot,
    "place closed": close_place,
    "kind off": lambda booking: change(booking.kind, is_active=False),
    "place unpublished": lambda booking: change(booking.kind.facility, is_published=False),
}


def check_says_closed(client, booking: CareBooking, *, is_closed: bool) -> None:
    client.force_login(booking.resident.login)
    page = client.get(f"/en/eldercare/bookings/{booking.code}/").text
    assert (CLOSED in page, REMINDS in page) == (is_closed, not is_closed)
    assert (CLOSED in client.get(f"/en/eldercare/bookings/{booking.code}/?print=1").text) == is_closed
    assert ("time closed" in client.get("/en/me/").text) == is_closed
    boss = care.coordinator(community=booking.community)
    with translation.override("en"):
        section = card_section(booking.resident, boss)
    assert ("time closed" in str(section.rows[0].state)) == is_closed
    [queue] = [queue for queue in care_queues(boss) if "stranded" in queue.url]
    assert queue.count == is_closed
    assert actions.send_reminders(at=AFTERNOON) == (not is_closed)
    assert Message.objects.filter(event="care_reminder").exists() == (not is_closed)


@pytest.mark.parametrize("strand", CAUSES.values(), ids=CAUSES)
def test_booked_care_at_a_closed_time_says_so_and_is_not_reminded_of(client, booking, strand):
    strand(booking)
    assert list(CareBooking.objects.stranded(AT)) == [booking]
    check_says_closed(client, booking, is_closed=True)


@pytest.mark.parametrize("cause", ["place closed", "kind off", "place unpublished"])
def test_request_for_a_day_that_is_closed_says_so_and_is_not_reminded_of(client, request_of_tomorrow, cause):
    CAUSES[cause](request_of_tomorrow)
    check_says_closed(client, request_of_tomorrow, is_closed=True)


@pytest.mark.parametrize("days", [(-3, 0), (2, 9)])
@pytest.mark.parametrize("name", ["booking", "request_of_tomorrow"])
def test_care_beside_a_closure_takes_place(client, request, name, days):
    found, (first, last) = request.getfixturevalue(name), days
    starts_on, ends_on = (make.moment(day, 9).date() for day in (first, last))
    make.closure(facility=found.kind.facility, starts_on=starts_on, ends_on=ends_on)
    check_says_closed(client, found, is_closed=False)


def test_wish_without_a_day_is_never_stranded():
    found = care.request()
    make.closure(facility=found.kind.facility, starts_on=AT.date())
    assert not CareBooking.objects.stranded(AT)


def test_closed_care_may_be_cancelled_until_it_would_have_begun(client, booking):
    change(booking.kind, cancel_hours=12)
    close_slot(booking)
    with time_machine.travel(make.moment(1, 8), tick=False):
        client.force_login(booking.resident.login)
        assert "cancel/" in client.get(f"/en/eldercare/bookings/{booking.code}/").text
        client.post(f"/eldercare/bookings/{booking.code}/cancel/")
    booking.refresh_from_db()
    assert booking.status == "cancelled"


# Asking for a day -------------------------------------------------------------------------------------------


def code_of(**values) -> str:
    with pytest.raises(ValidationError) as refusal:
        care.request(**values)
    return refusal.value.code


def test_request_for_a_day_of_a_closure_is_refused():
    kind = care.request_kind()
    make.closure(facility=kind.facility, starts_on=TOMORROW, ends_on=TOMORROW)
    assert code_of(kind=kind, day=TOMORROW) == "day_closed"
    assert care.request(kind=kind, day=TOMORROW + dt.timedelta(days=1)).day
    assert not CareBooking.objects.filter(day=TOMORROW).exists()


def test_request_for_a_weekday_without_hours_is_refused():
    kind = care.request_kind(facility=make.facility(hours="9:00-17:00", days=[1, 3]))  # Tuesday, Thursday
    assert code_of(kind=kind, day=TOMORROW) == "day_closed"
    assert care.request(kind=kind, day=TOMORROW + dt.timedelta(days=1)).day


def test_request_for_a_public_holiday_is_refused_where_the_place_heeds_them():
    kind = care.request_kind(facility=make.facility(hours="9:00-17:00", follows_workdays=True))
    make.calendar_day(TOMORROW)
    assert code_of(kind=kind, day=TOMORROW) == "day_closed"
    OpeningHours.objects.create(
        facility=kind.facility, weekday=OpeningHours.Day.HOLIDAY, opens=dt.time(9), closes=dt.time(11)
    )
    assert care.request(kind=kind, day=TOMORROW).day == TOMORROW


def test_request_at_a_place_whose_hours_are_not_known_is_taken():
    assert care.request(kind=care.request_kind(facility=make.facility(hours="")), day=TOMORROW).day


# Closures and holidays --------------------------------------------------------------------------------------


def sentences(signal, **values) -> list[str]:
    with translation.override("en"):
        answers = signal.send(sender=Closure, at=AT, **values)
    return [answer[0] for _receiver, answer in answers if answer]


def test_closure_counts_requests_as_well(booking, request_of_tomorrow):
    change(request_of_tomorrow.kind, facility=booking.kind.facility)
    closure = make.closure(facility=booking.kind.facility, starts_on=TOMORROW, ends_on=TOMORROW)
    assert sentences(facility_closed, closure=closure) == [
        "2 care bookings fall into this closure: call them off."
    ]


def test_closure_does_not_count_wishes_without_a_day():
    found = care.request()
    closure = make.closure(facility=found.kind.facility, starts_on=TOMORROW)
    assert sentences(facility_closed, closure=closure) == []


def holiday_slots() -> list[int]:
    found = CareSlot.objects.open().filter(day=TOMORROW).order_by("starts_at")
    return [(slot.starts_at + dt.timedelta(hours=8)).hour for slot in found]


def laid_out(*, follows_workdays: bool, holiday_hours: str = "", holiday_shift: bool = False) -> list[int]:
    """When care begins tomorrow, a holiday and a Wednesday; Wednesdays have a shift from nine to twelve."""
    place = make.facility(hours="8:00-20:00", follows_workdays=follows_workdays)
    kind = care.kind(days_ahead=2, facility=place)
    care.shift(kind=kind, weekday=2)
    if holiday_hours:
        opens, closes = (make.clock(text) for text in holiday_hours.split("-"))
        make.opening_hours(facility=place, weekday=7, opens=opens, closes=closes)
    if holiday_shift:
        care.shift(kind=kind, weekday=7, opens=dt.time(14), closes=dt.time(16), slot_minutes=30)
    make.calendar_day(TOMORROW)
    actions.lay_out_slots(community=kind.community, at=AT)
    return holiday_slots()


@pytest.mark.parametrize(
    ("place", "hours"),
    [
        ({"follows_workdays": True}, []),
        ({"follows_workdays": True, "holiday_hours": "10:00-12:00"}, [10, 11]),
        ({"follows_workdays": False, "holiday_hours": "9:00-10:30"}, [9]),
        ({"follows_workdays": False}, [9, 10, 11]),  # a place that knows no holidays
        ({"follows_workdays": False, "holiday_shift": True}, [14, 14, 15, 15]),
        ({"follows_workdays": True, "holiday_shift": True, "holiday_hours": "9:00-10:00"}, [14, 14, 15, 15]),
    ],
)
def test_on_a_holiday_its_own_shifts_count_else_the_hours_of_the_place(place, hours):
    assert laid_out(**place) == hours


def test_make_up_working_day_has_the_shifts_of_a_monday():
    place = make.facility(hours="8:00-20:00", follows_workdays=True)
    kind = care.kind(days_ahead=5, facility=place)
    care.shift(kind=kind, weekday=0)
    make.calendar_day(dt.date(2026, 11, 28), is_workday=True, is_holiday=False)
    actions.lay_out_slots(community=kind.community, at=AT)
    assert set(CareSlot.objects.values_list("day", flat=True)) == {dt.date(2026, 11, 28)}


def test_new_holiday_is_laid_out_at_once_and_names_whom_it_hits(booking):
    place = booking.kind.facility
    change(place, follows_workdays=True)
    care.shift(kind=booking.kind, weekday=2)
    make.calendar_day(TOMORROW)
    assert sentences(timetable_changed, facility=None) == [
        "1 care booking is for a time that is closed: call it off."
    ]
    assert CareSlot.objects.get(pk=booking.slot_id).closed_by == "timetable"
