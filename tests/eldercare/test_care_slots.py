"""Care times follow the shifts, the calendar and the closures of the place."""

import datetime as dt
from itertools import pairwise

import pytest
from django.urls import reverse

from circle.calendar.working_days import SHANGHAI
from circle.models import Closure
from circle.signals import facility_closed
from eldercare import actions
from eldercare.actions import lay_out_slots
from eldercare.hooks.schedule import find_violations, tick
from eldercare.models import CareBooking, CareSlot
from tests import make
from tests import make_eldercare as care

pytestmark = pytest.mark.django_db
AT = make.MORNING  # a Tuesday


def laid_out(at: dt.datetime = AT) -> int:
    return lay_out_slots(community=make.here(), at=at)


def starts() -> list[str]:
    found = CareSlot.objects.open().order_by("starts_at").values_list("starts_at", flat=True)
    return [f"{each.astimezone(SHANGHAI):%d %H}" for each in found]


def test_times_are_laid_out_as_far_ahead_as_the_kind_says_and_once():
    care.shift(kind=care.kind(days_ahead=8))
    assert laid_out() == 6
    assert starts() == ["24 09", "24 10", "24 11", "01 09", "01 10", "01 11"]
    assert laid_out() == 0


def test_shifts_of_different_length_and_size_stand_side_by_side():
    kind = care.kind(days_ahead=1)
    care.shift(kind=kind)
    care.shift(kind=kind, opens=dt.time(14), closes=dt.time(18), slot_minutes=240, places=9)
    laid_out()
    assert list(CareSlot.objects.order_by("starts_at").values_list("capacity", flat=True)) == [2, 2, 2, 9]


def test_of_overlapping_shifts_one_time_is_kept():
    kind = care.kind(days_ahead=1)
    care.shift(kind=kind)
    care.shift(kind=kind, opens=dt.time(10), closes=dt.time(12), slot_minutes=120)
    laid_out()
    assert starts() == ["24 09", "24 10", "24 11"]


@pytest.mark.parametrize("values", [{"way": "request"}, {"is_active": False}])
def test_kind_that_is_not_booked_gets_no_times(values):
    care.shift(kind=care.kind(**values))
    assert laid_out() == 0


def test_closure_closes_the_times_and_its_end_opens_them():
    kind = care.kind(days_ahead=1)
    care.shift(kind=kind)
    laid_out()
    closure = make.closure(facility=kind.facility, starts_on=AT.date(), ends_on=AT.date())
    laid_out()
    assert starts() == []
    closure.delete()
    laid_out()
    assert len(starts()) == 3


def test_what_staff_closed_stays_closed_until_they_open_it():
    care.shift(kind=care.kind(days_ahead=1))
    laid_out()
    slot, boss = CareSlot.objects.first(), care.coordinator()
    actions.close_slot(slot=slot, at=AT, by=boss)
    laid_out()
    assert (slot.closed_by, len(starts())) == ("staff", 2)
    actions.reopen_slot(slot=slot, at=AT, by=boss)
    assert len(starts()) == 3


def test_who_closes_the_place_hears_how_many_bookings_are_hit():
    booking = care.booking()
    closure = Closure.objects.create(
        facility=booking.kind.facility, starts_on=booking.day, ends_on=booking.day, reason_zh="检修"
    )
    answers = facility_closed.send(sender=Closure, closure=closure, at=AT)
    url = f"{reverse('admin:eldercare_carebooking_changelist')}?attention=stranded"
    assert url in [answer[1] for _receiver, answer in answers if answer]
    assert list(CareBooking.objects.stranded(AT)) == [booking]


def test_tick_lays_out_and_forgets_and_may_be_repeated():
    care.shift(kind=care.kind(days_ahead=1))
    old = care.slot(starts_at=make.moment(-70, 9))
    kept = care.booking(slot=care.slot(starts_at=make.moment(1, 9)))
    for _ in range(2):
        list(tick(AT))
    assert not CareSlot.objects.filter(pk=old.pk).exists()
    assert CareSlot.objects.filter(pk=kept.slot_id).exists()
    assert CareSlot.objects.count() == 4


@pytest.mark.planted
def test_invariants_find_a_wrong_counter_and_a_booking_astray():
    booking = care.booking()
    assert list(find_violations()) == []
    CareSlot.objects.filter(pk=booking.slot_id).update(taken=2)
    CareBooking.objects.filter(pk=booking.pk).update(day=dt.date(2026, 12, 1))
    assert len(list(find_violations())) == 2


def test_shifts_that_overlap_at_other_minutes_do_not_double_the_places():
    kind = care.kind(days_ahead=1)
    care.shift(kind=kind)
    care.shift(kind=kind, opens=dt.time(9, 30), closes=dt.time(13, 30))
    laid_out()
    assert starts() == ["24 09", "24 10", "24 11", "24 12"]
    slots = list(CareSlot.objects.open().order_by("starts_at"))
    assert all(one.ends_at <= two.starts_at for one, two in pairwise(slots))


def test_new_length_of_a_shift_sells_no_minute_that_a_booking_holds():
    kind = care.kind(days_ahead=8)
    shift = care.shift(kind=kind)
    laid_out()
    at = dt.datetime(2026, 12, 1, 10, tzinfo=SHANGHAI)
    booking = care.booking(kind=kind, slot=CareSlot.objects.get(starts_at=at))
    type(shift).objects.update(slot_minutes=90)
    laid_out()
    day = CareSlot.objects.open().filter(day=at.date()).order_by("starts_at")
    assert [slot.starts_at for slot in day] == [at]
    assert not CareBooking.objects.stranded(AT)
    assert booking.slot.ends_at == at + dt.timedelta(hours=1)
