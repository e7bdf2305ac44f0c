"""Changes that cross: nobody waits for each other in a circle, and every place is counted once."""

import contextlib

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from circle.booking.idempotency import new_key
from services import actions
from services.hooks.schedule import find_violations
from services.models import Booking, Slot
from tests.race import crowd, ledger
from tests.race.clients import Answer, Caller
from tests.race.hall import Hall, lay_out

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

PAIRS = 16


def booked(hall: Hall, slot: Slot, family: int = 0) -> list[Answer]:
    """Everybody in the family has a place in this slot."""
    caller = Caller(item=hall.item.pk, clerk=hall.clerk.pk)
    answers = [caller.book(person.pk, slot.pk, new_key()) for person in hall.families[family]]
    assert ledger.errors(answers) == []
    return answers


def two_sides(hall: Hall, one: list[tuple], other: list[tuple]) -> list[Answer]:
    """Do the steps of both lists, always one of each at the same time, in two processes."""
    mine, theirs = ([crowd.caller(hall) | crowd.following(step) for step in steps] for steps in (one, other))
    plans = [plan for pair in zip(mine, theirs, strict=True) for plan in pair]
    return crowd.let_loose(plans, processes=2)


def test_two_moves_crossing_do_not_deadlock():
    hall = lay_out(slots=2, places=2 * 4, families=2, members=4, days=1)
    one, other = hall.slots
    before = [*booked(hall, one, 0), *booked(hall, other, 1)]
    there_and_back = {one.pk: [other.pk, one.pk] * 10, other.pk: [one.pk, other.pk] * 10}
    plans = [
        crowd.caller(hall)
        | crowd.following(*[("move", answer.code, slot) for slot in there_and_back[answer.slot]])
        for answer in before
    ]

    answers = crowd.let_loose(plans)

    assert ledger.errors(answers) == []
    assert ledger.faults(before + answers, refusals=[]) == []
    assert len(answers) == 20 * len(before)


def test_cancelling_and_booking_for_one_person_do_not_deadlock():
    hall = lay_out(slots=2, places=PAIRS, families=1, members=PAIRS, days=1)
    before = booked(hall, hall.slots[0])
    other = hall.slots[1].pk

    answers = two_sides(
        hall,
        [("cancel", answer.code) for answer in before],
        [("book", answer.resident, other, new_key()) for answer in before],
    )

    assert ledger.errors(answers) == []
    assert ledger.faults(before + answers, refusals=["already_booked"]) == []
    assert Booking.objects.filter(status="cancelled").count() == PAIRS


def test_last_place_is_contested_by_moving_and_booking():
    hall = lay_out(slots=PAIRS + 1, places=1, families=2, members=PAIRS, days=1)
    roomy, *narrow = hall.slots
    Slot.objects.filter(pk=roomy.pk).update(capacity=PAIRS)
    before = booked(hall, roomy)
    newcomers = hall.families[1]

    answers = two_sides(
        hall,
        [("move", answer.code, slot.pk) for answer, slot in zip(before, narrow, strict=True)],
        [("book", person.pk, slot.pk, new_key()) for person, slot in zip(newcomers, narrow, strict=True)],
    )

    assert ledger.errors(answers) == []
    assert ledger.faults(before + answers, refusals=["full"]) == []
    assert sum(answer.is_done for answer in answers) == PAIRS
    assert not Slot.objects.filter(pk__in=[slot.pk for slot in narrow]).with_places_left().exists()


def test_cancelling_and_moving_one_booking_count_its_place_once():
    hall = lay_out(slots=2, places=PAIRS, families=1, members=PAIRS, days=1)
    before = booked(hall, hall.slots[0])
    other = hall.slots[1].pk

    answers = two_sides(
        hall,
        [("cancel", answer.code) for answer in before],
        [("move", answer.code, other) for answer in before],
    )

    assert ledger.errors(answers) == []
    assert ledger.faults(before + answers, refusals=["not_possible", "changed_meanwhile"]) == []


def test_cancelling_what_was_moved_meanwhile_counts_its_place_once():
    """The same without chance: the booking was read before the move and is cancelled after it."""
    hall = lay_out(slots=2, places=2, families=1, members=1, days=1)
    [answer] = booked(hall, hall.slots[0])
    read_before, moved = (Booking.objects.shown().get(code=answer.code) for _ in range(2))
    at = timezone.now()
    actions.move_booking(booking=moved, slot=hall.slots[1], at=at, via="phone", by=hall.clerk)
    with contextlib.suppress(ValidationError):
        actions.cancel_booking(booking=read_before, at=at, via="phone", by=hall.clerk)
    assert list(find_violations()) == []


def test_cancelling_twice_gives_one_place_back():
    hall = lay_out(slots=1, places=PAIRS, families=1, members=PAIRS, days=1)
    before = booked(hall, hall.slots[0])
    steps = [("cancel", answer.code) for answer in before]

    answers = two_sides(hall, steps, steps)

    assert ledger.errors(answers) == []
    assert ledger.faults(before + answers, refusals=["already_cancelled"]) == []
    assert sum(answer.is_done for answer in answers) == PAIRS
