"""Two hundred bookings and assignments at once: nobody is in two places."""

import datetime as dt
import itertools
import random
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction

from circle.models import Busy, Resident, User
from eldercare import actions
from eldercare.actions import Answers
from eldercare.models import CareBooking, CareSlot
from tests import make
from tests import make_eldercare as care

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
AT = make.MORNING
RESIDENTS, WORKERS = 50, 20
THREADS, EACH = 20, 10  # two hundred calls
KNOWN = {"resident_busy", "worker_busy", "busy", "already_booked", "already_assigned", "changed_meanwhile"}


@pytest.fixture
def slots() -> list[CareSlot]:
    """Of six kinds, an hour each, beginning every half hour."""
    starts = [make.moment(1, 9) + number * dt.timedelta(minutes=30) for number in range(4)]
    kinds = [care.kind() for _ in range(6)]
    return [care.slot(kind=kind, starts_at=at, capacity=50) for kind in kinds for at in starts]


def book(slot: CareSlot, person: Resident):
    def call() -> object:
        fresh = CareSlot.objects.select_related("kind__facility", "kind__community").get(pk=slot.pk)
        elder = Resident.objects.select_related("login").get(pk=person.pk)
        said = {"kind": fresh.kind, "slot": fresh, "resident": elder, "answers": Answers()}
        return actions.book_slot(**said, via="online", at=AT, by=elder.login)

    return call


def assign(booking: CareBooking, worker: User, boss: User):
    def call() -> object:
        found = CareBooking.objects.select_related("community", "kind", "slot", "resident").get(pk=booking.pk)
        return actions.assign_worker(booking=found, worker=worker, at=AT, by=boss)

    return call


def one_after_another(calls: list):
    """The outcome of each, in one thread."""

    def run() -> list[object]:
        return [outcome_of(call) for call in calls]

    return run


def outcome_of(call) -> object:
    try:
        return call()
    except ValidationError as refusal:
        return refusal.code


def overlaps(bookings: Iterable[CareBooking]) -> list[tuple[CareBooking, CareBooking]]:
    pairs = itertools.combinations(bookings, 2)
    return [
        (one, two)
        for one, two in pairs
        if one.slot.starts_at < two.slot.ends_at and two.slot.starts_at < one.slot.ends_at
    ]


def test_nobody_is_in_two_places_after_two_hundred_bookings_and_assignments(at_once, slots):
    chance = random.Random(7)
    people = [make.own_resident() for _ in range(RESIDENTS)]
    workers, boss = [care.care_worker() for _ in range(WORKERS)], care.coordinator()
    known = [care.confirmed(slot=chance.choice(slots), resident=person) for person in people]
    calls = [book(chance.choice(slots), chance.choice(people)) for _ in range(100)]
    calls += [assign(chance.choice(known), chance.choice(workers), boss) for _ in range(100)]
    chance.shuffle(calls)
    parts = [calls[number * EACH : (number + 1) * EACH] for number in range(THREADS)]
    answers = at_once(*[one_after_another(part) for part in parts])
    assert [each for each in answers if isinstance(each, Exception)] == []
    outcomes = list(itertools.chain.from_iterable(answers))
    assert {each for each in outcomes if isinstance(each, str)} <= KNOWN
    live = list(CareBooking.objects.live().select_related("slot"))
    for person in people:
        assert overlaps(each for each in live if each.resident_id == person.pk) == []
    for worker in workers:
        assert overlaps(each for each in live if each.assigned_to_id == worker.pk) == []
    assert not CareBooking.objects.clashing(AT).exists()
    assert {"resident_busy", "worker_busy"} <= {each for each in outcomes if isinstance(each, str)}
    taken = 4 * (len(live) + sum(each.assigned_to_id is not None for each in live))
    assert Busy.objects.count() == taken


def test_two_bookings_that_swap_their_times_do_not_wait_for_each_other(at_once):
    person, kinds = make.own_resident(), [care.kind() for _ in range(2)]
    nine, ten = make.moment(1, 9), make.moment(1, 10)
    first = care.booking(resident=person, slot=care.slot(kind=kinds[0], starts_at=nine))
    second = care.booking(resident=person, slot=care.slot(kind=kinds[1], starts_at=ten))
    there, here = care.slot(kind=kinds[0], starts_at=ten), care.slot(kind=kinds[1], starts_at=nine)

    def move(booking: CareBooking, slot: CareSlot):
        def call() -> object:
            found = CareBooking.objects.select_related("kind", "slot", "resident__login", "community")
            row = found.get(pk=booking.pk)
            return actions.move_booking(booking=row, slot=slot, at=AT, via="online", by=row.resident.login)

        return lambda: outcome_of(call)

    answers = at_once(move(first, there), move(second, here))
    assert [each for each in answers if isinstance(each, Exception)] == []
    assert not CareBooking.objects.clashing(AT).exists()


@pytest.mark.planted
def test_naive_code_sends_one_elder_to_two_places():
    """The negative control: look, then write. Only PostgreSQL lets two in at a time."""
    person, start, looked = make.own_resident(), threading.Barrier(8), threading.Barrier(8)
    minutes = [make.moment(1, 9) + number * dt.timedelta(minutes=5) for number in range(8)]
    times = [care.slot(starts_at=at) for at in minutes]

    def naive(slot: CareSlot) -> None:
        try:
            connection.ensure_connection()
            start.wait(timeout=20)
            with transaction.atomic():
                at_that_time = {"slot__starts_at__lt": slot.ends_at, "slot__ends_at__gt": slot.starts_at}
                is_free = not CareBooking.objects.live().filter(resident=person, **at_that_time).exists()
                if connection.vendor == "postgresql":
                    looked.wait(timeout=20)  # all have looked before the first one writes
                if is_free:
                    insert(slot, person)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(naive, times))
    got = CareBooking.objects.count()
    assert got > 1 if connection.vendor == "postgresql" else got == 1


def insert(slot: CareSlot, person: Resident) -> None:
    CareBooking.objects.create(
        community_id=slot.community_id,
        kind_id=slot.kind_id,
        way="booking",
        slot=slot,
        resident=person,
        day=slot.day,
        starts_at=slot.starts_at,
        status_at=AT,
        booked_at=AT,
        booked_by=person.login,
        via="online",
    )
