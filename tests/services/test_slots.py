"""Slots, laid out from opening hours and calendar; closed, opened, their places moved."""

import datetime as dt
from io import StringIO
from itertools import pairwise

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from circle.calendar.working_days import SHANGHAI
from circle.models import Closure, OpeningHours, Record
from services import actions
from services.models import Counter, Slot
from tests import make

pytestmark = pytest.mark.django_db

NOW = make.MORNING
HOURS = "9:00-12:00 13:30-17:00"  # six and seven slots of half an hour


def lay_out(at: dt.datetime = NOW) -> int:
    return actions.lay_out_slots(community=make.here(), at=at)


def counter(*, hours: str = HOURS, days=range(7), follows_workdays: bool = False, **values) -> Counter:
    """For today and tomorrow, online places only, unless told otherwise."""
    if "facility" not in values:
        values["facility"] = make.facility(hours=hours, days=days, follows_workdays=follows_workdays)
    return make.counter(**{"days_ahead": 1, "counter_places": 0} | values)


def starts(found=None, day: dt.date | None = None) -> list[str]:
    """When the open online slots begin, as on the clock in the hall."""
    slots = (Slot.objects.all() if found is None else found).open().online()
    slots = slots.filter(day=day) if day else slots
    times = slots.order_by("starts_at").values_list("starts_at", flat=True)
    return [f"{time.astimezone(SHANGHAI):%m-%d %H:%M}" for time in times]


def days() -> list[str]:
    found = Slot.objects.open().online().order_by("day").values_list("day", flat=True).distinct()
    return [f"{day:%m-%d}" for day in found]


def code_of(act, **values) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(**{"at": NOW, "by": make.clerk()} | values)
    return refusal.value.code


# From hours and calendar ------------------------------------------------------------------------------------


def test_slots_fill_the_opening_hours_of_each_day():
    counter(hours="9:00-10:30 13:30-14:30")
    assert lay_out() == 10
    each = ["09:00", "09:30", "10:00", "13:30", "14:00"]
    assert starts() == [f"{day} {time}" for day in ("11-24", "11-25") for time in each]


def test_slots_carry_what_the_counter_says():
    place = counter(hours="9:00-9:45", slot_minutes=45, online_places=3, counter_places=2, days_ahead=0)
    lay_out()
    shares = dict(Slot.objects.values_list("channel", "capacity"))
    assert shares == {"online": 3, "counter": 2}
    for slot in Slot.objects.all():
        assert (slot.community, slot.counter, slot.day) == (place.community, place, NOW.date())
        assert (slot.starts_at, slot.ends_at) == (make.moment(0, 9), make.moment(0, 9, 45))
        assert (slot.taken, slot.is_open) == (0, True)


def test_slot_fits_whole_into_the_hours():
    counter(hours="9:00-10:10", slot_minutes=30, days_ahead=0)
    lay_out()
    assert starts() == ["11-24 09:00", "11-24 09:30"]


def test_hours_shorter_than_a_slot_give_none():
    counter(hours="9:00-9:20")
    assert lay_out() == 0


def test_slots_past_midnight_belong_to_the_day_they_begin_on():
    counter(hours="23:00-1:00", slot_minutes=60, days_ahead=0)
    lay_out()
    found = Slot.objects.online().order_by("starts_at").values_list("day", flat=True)
    assert list(found) == [NOW.date(), NOW.date() + dt.timedelta(days=1)]


def test_slots_that_have_begun_are_not_laid_out():
    counter(hours="9:00-10:30", days_ahead=0)
    lay_out(make.moment(0, 9, 30))
    assert starts() == ["11-24 10:00"]


@pytest.mark.parametrize("ahead", [0, 1, 14, 90])
def test_slots_reach_as_far_as_the_counter_says(ahead):
    counter(hours="9:00-9:30", days_ahead=ahead)
    lay_out()
    assert len(days()) == ahead + 1
    assert Slot.objects.latest("day").day == NOW.date() + dt.timedelta(days=ahead)


def test_each_night_adds_one_day():
    counter(hours="9:00-9:30", days_ahead=2)
    lay_out()
    lay_out(make.moment(0, 23, 59))
    assert days() == ["11-24", "11-25", "11-26"]
    lay_out(make.moment(1, 0))
    assert days() == ["11-24", "11-25", "11-26", "11-27"]


def test_hall_keeps_the_working_calendar():
    """Spring Festival 2026: worked on Saturday 14 February, then nine days of rest."""
    call_command("seed_calendar", stdout=StringIO())
    counter(hours="9:00-9:30", days=range(5), follows_workdays=True, days_ahead=14)
    lay_out(dt.datetime(2026, 2, 12, 8, tzinfo=SHANGHAI))
    assert days() == ["02-12", "02-13", "02-14", "02-24", "02-25", "02-26"]


def test_seeded_calendar_is_laid_out_at_once():
    counter(hours="9:00-9:30", days=range(5), follows_workdays=True, days_ahead=14)
    with time_machine.travel(dt.datetime(2026, 2, 12, 8, tzinfo=SHANGHAI), tick=False):
        lay_out(dt.datetime(2026, 2, 12, 8, tzinfo=SHANGHAI))
        call_command("seed_calendar", stdout=StringIO())
    assert days() == ["02-12", "02-13", "02-14", "02-24", "02-25", "02-26"]


def test_holiday_announced_late_closes_its_slots_and_a_make_up_day_opens():
    counter(hours="9:00-9:30", days=range(5), follows_workdays=True, days_ahead=7)
    lay_out()
    assert days() == ["11-24", "11-25", "11-26", "11-27", "11-30", "12-01"]
    make.calendar_day(dt.date(2026, 11, 26))
    make.calendar_day(dt.date(2026, 11, 28), is_workday=True, is_holiday=False)
    lay_out()
    assert days() == ["11-24", "11-25", "11-27", "11-28", "11-30", "12-01"]


def test_place_without_hours_has_no_slots():
    counter(hours="")
    assert lay_out() == 0


@pytest.mark.parametrize("change", [{"is_active": False}, {"facility": "unpublished"}])
def test_counter_that_does_not_work_gets_no_slots(change):
    if "facility" in change:
        change = {"facility": make.facility(hours=HOURS, is_published=False)}
    counter(**change)
    assert lay_out() == 0


def test_slots_are_laid_out_for_one_community():
    counter()
    theirs = counter(facility=make.facility(hours=HOURS, community=make.community()))
    lay_out()
    assert not theirs.slots.exists()


# What changes afterwards ------------------------------------------------------------------------------------


def test_laying_out_twice_changes_nothing():
    counter()
    lay_out()
    before = list(Slot.objects.order_by("pk").values())
    assert lay_out() == 0
    assert list(Slot.objects.order_by("pk").values()) == before


@pytest.mark.django_db(transaction=True)
def test_laying_out_at_once_makes_each_slot_once(at_once):
    counter(counter_places=1)
    assert all(isinstance(made, int) for made in at_once(*[lay_out] * 4))
    assert Slot.objects.count() == 2 * 2 * 13
    assert set(Slot.objects.values_list("closed_by", flat=True)) == {""}


def test_closure_closes_its_days_and_a_lifted_one_opens_them():
    place = counter(hours="9:00-9:30", days_ahead=3).facility
    lay_out()
    closure = make.closure(facility=place, starts_on=dt.date(2026, 11, 25), ends_on=dt.date(2026, 11, 26))
    lay_out()
    assert days() == ["11-24", "11-27"]
    assert set(Slot.objects.exclude(closed_by="").values_list("closed_by", flat=True)) == {"timetable"}
    Closure.objects.filter(pk=closure.pk).update(ends_on=dt.date(2026, 11, 25))
    lay_out()
    assert days() == ["11-24", "11-26", "11-27"]
    closure.delete()
    lay_out()
    assert days() == ["11-24", "11-25", "11-26", "11-27"]


def test_slots_laid_out_during_a_closure_come_with_its_end():
    place = counter(hours="9:00-9:30", days_ahead=1).facility
    make.closure(facility=place, starts_on=NOW.date()).delete()
    closure = make.closure(facility=place, starts_on=NOW.date())
    assert lay_out() == 0
    closure.delete()
    assert lay_out() == 2


def test_slots_that_staff_closed_stay_closed():
    counter(hours="9:00-10:00", days_ahead=0)
    lay_out()
    slot = Slot.objects.online().earliest("starts_at")
    actions.close_slot(slot=slot, at=NOW, by=make.clerk())
    lay_out()
    closure = make.closure(facility=slot.counter.facility, starts_on=NOW.date())
    lay_out()
    closure.delete()
    lay_out()
    slot.refresh_from_db()
    assert (slot.closed_by, starts()) == ("staff", ["11-24 09:30"])


def test_new_hours_close_and_open_without_losing_bookings():
    place = counter(hours="9:00-10:00", days_ahead=1)
    item = make.item(is_bookable=True)
    place.items.add(item)
    lay_out()
    booked = make.booking(item=item, slot=Slot.objects.online().get(starts_at=make.moment(1, 9)))
    OpeningHours.objects.filter(facility=place.facility).update(opens=dt.time(9, 30), closes=dt.time(10, 30))
    lay_out()
    assert starts(place.slots) == ["11-24 09:30", "11-24 10:00", "11-25 09:30", "11-25 10:00"]
    booked.refresh_from_db()
    assert (booked.status, booked.slot.closed_by) == ("booked", "timetable")
    assert list(type(booked).objects.stranded(NOW)) == [booked]


@pytest.mark.parametrize(("before", "after"), [(30, 60), (60, 30), (20, 30)])
def test_changed_length_leaves_no_open_slots_that_overlap(before, after):
    """Two slots over the same half hour would be booked for twice the people that the window can serve."""
    place = counter(hours="9:00-11:00", slot_minutes=before, days_ahead=0)
    lay_out()
    Counter.objects.filter(pk=place.pk).update(slot_minutes=after)
    lay_out()
    open_ones = list(Slot.objects.open().online().order_by("starts_at"))
    assert open_ones
    assert all(one.ends_at <= two.starts_at for one, two in pairwise(open_ones))
    assert {slot.ends_at - slot.starts_at for slot in open_ones} == {dt.timedelta(minutes=after)}


def test_changed_places_hold_for_new_slots_only():
    place = counter(hours="9:00-9:30", days_ahead=0, online_places=2)
    lay_out()
    Counter.objects.filter(pk=place.pk).update(online_places=5, days_ahead=1)
    lay_out()
    assert list(Slot.objects.online().order_by("day").values_list("capacity", flat=True)) == [2, 5]


def test_share_without_places_is_not_laid_out():
    counter(hours="9:00-10:00", days_ahead=0, online_places=2, counter_places=0)
    assert lay_out() == 2
    assert set(Slot.objects.values_list("channel", flat=True)) == {"online"}


def test_share_set_to_no_places_leaves_the_times_that_are_there():
    place = counter(hours="9:00-9:30", days_ahead=0, counter_places=1)
    lay_out()
    Counter.objects.filter(pk=place.pk).update(counter_places=0, days_ahead=1)
    lay_out()
    found = Slot.objects.open().order_by("day", "channel").values_list("channel", "capacity")
    assert list(found) == [("counter", 1), ("online", 2), ("online", 2)]


def test_past_slots_are_left_alone():
    place = counter(hours="9:00-10:00", days_ahead=0)
    lay_out()
    make.closure(facility=place.facility, starts_on=NOW.date())
    lay_out(make.moment(0, 9, 15))
    assert starts() == ["11-24 09:00"]


def queries_of_idle_layout(at: dt.datetime = NOW) -> int:
    here = make.here()
    lay_out(at)
    with CaptureQueriesContext(connection) as seen:
        assert actions.lay_out_slots(community=here, at=at) == 0
    return len(seen)


def test_laying_out_again_takes_six_queries_for_any_number():
    counter(hours="9:00-9:30", days_ahead=0)
    assert queries_of_idle_layout() <= 6
    Counter.objects.update(days_ahead=60)
    for _number in range(10):
        make.counter_shift(counter=counter(days_ahead=60))
    assert queries_of_idle_layout() <= 6
    assert queries_of_idle_layout(make.moment(0, 23, 59)) <= 6


def test_time_outside_the_hours_that_staff_reopen_is_closed_again():
    place = counter(hours="9:00-10:00", days_ahead=0)
    lay_out()
    slot, clerk = Slot.objects.online().earliest("starts_at"), make.clerk()
    actions.close_slot(slot=slot, at=NOW, by=clerk)
    OpeningHours.objects.filter(facility=place.facility).update(opens=dt.time(9, 30))
    lay_out()
    actions.reopen_slot(slot=slot, at=NOW, by=clerk)
    lay_out()
    slot.refresh_from_db()
    assert (slot.closed_by, starts()) == ("timetable", ["11-24 09:30"])


def test_long_past_slots_that_nobody_booked_are_removed():
    booked, empty = make.booking().slot, make.slot()
    young = make.slot(starts_at=make.moment(2, 9))
    at = empty.ends_at + dt.timedelta(days=60, seconds=1)
    assert (actions.forget_empty_slots(at=at), actions.forget_empty_slots(at=at)) == (1, 0)
    assert set(Slot.objects.all()) == {booked, young}


# By staff ---------------------------------------------------------------------------------------------------


def test_closed_slot_takes_no_more_bookings_and_keeps_those_it_has():
    booking, clerk = make.booking(), make.clerk()
    slot = booking.slot
    actions.close_slot(slot=slot, at=NOW, by=clerk)
    booking.refresh_from_db()
    assert (slot.closed_by, slot.taken, booking.status) == ("staff", 1, "booked")
    with pytest.raises(ValidationError) as refusal:
        make.booking(slot=slot)
    assert refusal.value.code == "slot_closed"
    kept = Record.objects.about(slot).get()
    assert (kept.verb, kept.actor, kept.at) == ("slot_closed", clerk, NOW)


def test_closing_and_reopening_twice_is_recorded_once():
    slot, clerk = make.slot(), make.clerk()
    for act in (actions.close_slot, actions.close_slot, actions.reopen_slot, actions.reopen_slot):
        act(slot=slot, at=NOW, by=clerk)
    assert slot.is_open
    verbs = Record.objects.about(slot).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["slot_closed", "slot_reopened"]


def test_what_the_timetable_closed_is_not_opened_by_hand():
    slot = make.slot(closed_by="timetable")
    actions.close_slot(slot=slot, at=NOW, by=make.clerk())
    actions.reopen_slot(slot=slot, at=NOW, by=make.clerk())
    assert (slot.closed_by, Record.objects.about(slot).count()) == ("timetable", 0)


def shares(online: int = 2, counter: int = 1, **values) -> tuple[Slot, Slot]:
    first = make.slot(capacity=online, **values)
    return first, make.slot(counter=first.counter, channel="counter", capacity=counter)


def test_free_places_move_from_one_share_to_the_other():
    (online, counter), clerk = shares(), make.clerk()
    actions.move_places(source=online, target=counter, places=2, at=NOW, by=clerk)
    actions.move_places(source=counter, target=online, places=1, at=NOW, by=clerk)
    assert sorted(Slot.objects.values_list("channel", "capacity")) == [("counter", 2), ("online", 1)]
    first, second = Record.objects.filter(verb="places_moved").order_by("id")
    assert (first.subject_id, first.actor, second.subject_id) == (online.pk, clerk, counter.pk)
    assert first.details == {"to": counter.pk, "places": 2}


def test_taken_places_do_not_move():
    online, counter = shares(online=2)
    make.booking(slot=online)
    assert code_of(actions.move_places, source=online, target=counter, places=2) == "full"
    assert sorted(Slot.objects.values_list("channel", "capacity")) == [("counter", 1), ("online", 2)]
    assert not Record.objects.filter(verb="places_moved").exists()


@pytest.mark.parametrize("places", [0, -1])
def test_moving_no_places_is_refused(places):
    online, counter = shares()
    assert code_of(actions.move_places, source=online, target=counter, places=places) == "places_missing"


def test_places_move_between_the_two_shares_of_one_time_only():
    online, _counter = shares()
    later = make.slot(counter=online.counter, channel="counter", starts_at=make.moment(1, 10))
    elsewhere = make.slot(channel="counter")
    for target in (later, elsewhere, online):
        assert code_of(actions.move_places, source=online, target=target, places=1) == "wrong_slot"


@pytest.mark.django_db(transaction=True)
def test_places_moved_at_once_in_both_directions_stay_as_many(at_once):
    (online, counter), clerk = shares(online=4, counter=4), make.clerk()
    pairs = [(online.pk, counter.pk), (counter.pk, online.pk)] * 4

    def move(source: int, target: int) -> None:
        one, two = Slot.objects.get(pk=source), Slot.objects.get(pk=target)
        actions.move_places(source=one, target=two, places=3, at=NOW, by=clerk)

    answers = at_once(*[lambda pair=pair: move(*pair) for pair in pairs])
    assert {getattr(answer, "code", answer) for answer in answers} <= {None, "full"}
    assert sum(Slot.objects.values_list("capacity", flat=True)) == 8


def test_a_share_of_a_time_stands_once_and_ends_after_it_begins():
    slot = make.slot()
    for broken in ({"counter": slot.counter}, {"ends_at": make.moment(1, 9)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            make.slot(**broken)


def test_slot_reads_as_on_the_clock_in_the_hall():
    make.slot(starts_at=make.moment(1, 9))
    assert str(Slot.objects.get()) == "2026-11-25 09:00 online"


# Nights, overlapping hours, a new length --------------------------------------------------------------------


def test_slots_of_a_night_stay_open_after_midnight():
    counter(hours="22:00-2:00", slot_minutes=60, days_ahead=1)
    lay_out(make.moment(0, 12))
    night = ["11-24 22:00", "11-24 23:00", "11-25 00:00", "11-25 01:00"]
    assert starts()[:4] == night
    lay_out(make.moment(1, 0, 1))
    assert starts()[:4] == night
    lay_out(make.moment(1, 12))
    assert starts()[:4] == night


def test_night_before_a_closure_takes_place_and_the_next_does_not():
    place = counter(hours="22:00-2:00", slot_minutes=60, days_ahead=1)
    lay_out(make.moment(0, 12))
    make.closure(facility=place.facility, starts_on=make.moment(1, 0).date())
    lay_out(make.moment(1, 0, 1))
    assert starts() == ["11-24 22:00", "11-24 23:00", "11-25 00:00", "11-25 01:00"]


@pytest.mark.parametrize(
    "hours", ["9:00-11:00 9:15-11:15", "9:00-11:00 10:15-12:00", "9:00-12:00 10:00-11:00"]
)
def test_overlapping_hours_are_one_span(hours):
    counter(hours=hours, days_ahead=0)
    lay_out()
    open_ones = list(Slot.objects.open().online().order_by("starts_at"))
    assert all(one.ends_at <= two.starts_at for one, two in pairwise(open_ones))
    assert starts()[:4] == ["11-24 09:00", "11-24 09:30", "11-24 10:00", "11-24 10:30"]


def test_hours_of_a_night_that_overlap_the_next_morning_are_one_span():
    place = counter(hours="", slot_minutes=60, days_ahead=1)
    for weekday, opens, closes in ((1, 22, 3), (2, 2, 5)):  # Tuesday night, Wednesday
        make.opening_hours(
            facility=place.facility, weekday=weekday, opens=dt.time(opens), closes=dt.time(closes)
        )
    lay_out()
    assert starts() == ["11-24 22:00", "11-24 23:00"] + [f"11-25 0{hour}:00" for hour in range(5)]


def booked_at(place: Counter, hour: int, minute: int = 0):
    [item] = place.items.all() or [make.item(is_bookable=True)]
    place.items.add(item)
    return make.booking(item=item, slot=place.slots.online().get(starts_at=make.moment(1, hour, minute)))


def set_length(place: Counter, minutes: int) -> None:
    Counter.objects.filter(pk=place.pk).update(slot_minutes=minutes)
    lay_out()


@pytest.mark.parametrize(
    ("before", "after", "booked", "open_starts"),
    [
        (30, 60, (9, 30), ["09:30", "10:00"]),  # 9:00 to 10:00 would be sold over the booking
        (60, 30, (9, 0), ["09:00", "10:00", "10:30"]),  # half of the booked hour is not sold again
        (20, 30, (9, 20), ["09:20", "10:00", "10:30"]),
        (30, 60, (9, 0), ["09:00", "10:00"]),  # the booked one becomes longer
    ],
)
def test_new_length_sells_no_minute_that_a_booking_holds(before, after, booked, open_starts):
    place = counter(hours="9:00-11:00", slot_minutes=before, days_ahead=1)
    lay_out()
    booking = booked_at(place, *booked)
    set_length(place, after)
    tomorrow = Slot.objects.open().online().filter(day=make.moment(1, 9).date()).order_by("starts_at")
    assert [time[6:] for time in starts(tomorrow)] == open_starts
    assert all(one.ends_at <= two.starts_at for one, two in pairwise(tomorrow))
    assert not type(booking).objects.stranded(NOW)
    actions.cancel_booking(booking=booking, at=NOW, via="phone", by=make.clerk())
    lay_out()
    assert {slot.ends_at - slot.starts_at for slot in tomorrow.all()} == {dt.timedelta(minutes=after)}


def test_two_booked_slots_of_the_old_length_both_take_place():
    place = counter(hours="9:00-11:00", slot_minutes=30, days_ahead=1)
    lay_out()
    bookings = [booked_at(place, 9), booked_at(place, 9, 30)]
    set_length(place, 60)
    tomorrow = Slot.objects.open().online().filter(day=make.moment(1, 9).date())
    assert [time[6:] for time in starts(tomorrow)] == ["09:00", "09:30", "10:00"]
    assert not type(bookings[0]).objects.stranded(NOW)


def test_slot_that_staff_closed_holds_no_minute():
    place = counter(hours="9:00-11:00", slot_minutes=30, days_ahead=1)
    lay_out()
    booking = booked_at(place, 9, 30)
    actions.close_slot(slot=booking.slot, at=NOW, by=make.clerk())
    set_length(place, 60)
    tomorrow = Slot.objects.open().online().filter(day=make.moment(1, 9).date())
    assert [time[6:] for time in starts(tomorrow)] == ["09:00", "10:00"]
