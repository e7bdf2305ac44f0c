"""A death cancels several bookings in one transaction: nobody who changes one of them waits in a circle."""

import threading

import pytest
from django.db import transaction

from circle.models import Busy
from eldercare.hooks import receivers as care_receivers
from eldercare.models import CareBooking
from services import actions
from services.hooks import receivers as hall_receivers
from services.hooks.schedule import find_violations
from services.models import Booking
from tests import make
from tests import make_eldercare as care

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
AT = make.MORNING


def errors(answers: list) -> list:
    return [each for each in answers if isinstance(each, Exception)]


def cancel_all_and_pause(monkeypatch, at_once, receivers, resident, meanwhile) -> list:
    """After the first of two cancellations somebody else begins `meanwhile`."""
    has_begun, first_done, cancel = threading.Event(), threading.Event(), receivers.cancel_booking
    by = make.director()

    def cancel_and_wait(**values):
        cancel(**values)
        if not first_done.is_set():
            first_done.set()
            has_begun.wait(timeout=10)
            threading.Event().wait(0.5)  # until it stands before a lock of ours

    monkeypatch.setattr(receivers, "cancel_booking", cancel_and_wait)

    def die() -> None:
        with transaction.atomic():
            receivers.handle_resident_death(resident=resident, at=AT, by=by)

    def act() -> object:
        first_done.wait(timeout=10)
        has_begun.set()
        return meanwhile()

    return at_once(die, act)


def test_move_between_the_times_of_two_bookings_of_the_dead_waits(at_once, monkeypatch):
    """The later booking is cancelled first: its slot is locked, then that of the earlier one."""
    item = make.bookable()
    first, second = item.counters.get(), make.counter(items=[item], facility=item.counters.get().facility)
    here = make.slot(counter=first, starts_at=make.moment(1, 9))
    there = make.slot(counter=second, starts_at=make.moment(2, 9))
    resident, neighbour = make.own_resident(), make.own_resident()
    for slot in (here, there):
        make.booking(item=item, slot=slot, resident=resident)
    other = make.booking(item=item, slot=here, resident=neighbour)
    clerk = make.clerk(community=item.community)

    def move() -> Booking:
        found = Booking.objects.shown().get(pk=other.pk)
        return actions.move_booking(booking=found, slot=there, at=AT, via="phone", by=clerk)

    assert errors(cancel_all_and_pause(monkeypatch, at_once, hall_receivers, resident, move)) == []
    assert Booking.objects.filter(status="cancelled").count() == 2
    assert list(find_violations()) == []


def test_carer_assigned_to_the_day_place_of_the_dead_does_not_wait_in_a_circle(at_once, monkeypatch):
    """The carer of the bath is free once that is cancelled, and is sent to the day place at that moment."""
    community = make.here()
    worker, boss = care.care_worker(community=community), care.coordinator(community=community)
    resident = make.own_resident(community=community)
    day_place = care.kind(is_shared=True)
    shared = care.confirmed(kind=day_place, resident=resident)
    care.assigned(worker=worker, resident=resident, slot=care.slot(starts_at=make.moment(1, 9, 15)))

    def assign() -> CareBooking:
        found = CareBooking.objects.shown().get(pk=shared.pk)
        return care.actions.assign_worker(booking=found, worker=worker, at=AT, by=boss)

    answers = cancel_all_and_pause(monkeypatch, at_once, care_receivers, resident, assign)
    codes = [getattr(each, "code", repr(each)) for each in errors(answers)]
    assert codes in (["not_possible"], ["worker_busy"])
    assert CareBooking.objects.filter(status="cancelled").count() == 2
    assert not Busy.objects.filter(worker=worker).exists()
