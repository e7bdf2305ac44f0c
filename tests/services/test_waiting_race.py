"""Hundreds join, leave and accept around a few places: none is given twice, none is empty beside a line."""

import contextlib
import random
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from circle.models import Resident
from services import actions
from services.actions import hall_rules, offers, waiting
from services.hooks.schedule import find_violations
from services.models import Booking, HallWaiting, Slot
from tests import make

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
AT = make.MORNING
TOMORROW = make.moment(1, 0).date()
PEOPLE, THREADS, PLACES = 500, 8, 20
SEED = 20261124


def errors(answers: list) -> list:
    return [each for each in answers if isinstance(each, Exception) and not isinstance(each, ValidationError)]


@pytest.fixture
def item():
    """Two windows with ten places each tomorrow, all of them taken."""
    found = make.bookable()
    second = make.counter(items=[found], facility=found.counters.get().facility)
    for counter in (found.counters.exclude(pk=second.pk).get(), second):
        for hour in range(9, 14):
            make.booking(item=found, slot=make.slot(counter=counter, starts_at=make.moment(1, hour)))
    for slot in Slot.objects.all():
        make.booking(item=found, slot=slot)
    return found


def people(item, count: int) -> list[Resident]:
    """With a phone and without a login: the desk joins them."""
    return [make.resident(community=item.community, phone=make.mobile()) for _ in range(count)]


def empty_places_beside_a_line() -> int:
    if not HallWaiting.objects.waiting().exists():
        return 0
    return sum(slot.left for slot in Slot.objects.open())


def one_step(luck: random.Random, person: Resident, item, act: dict) -> None:
    """Join or book what is free, perhaps leave again, answer offers of whomever, perhaps cancel a booking."""
    join_or_book(person, item, act)
    if luck.random() < 0.2:
        attempt_each(actions.leave_line, act, HallWaiting.objects.live().shown().filter(resident=person))
    answer = actions.accept_offer if luck.random() < 0.7 else actions.decline_offer
    attempt_each(answer, act, HallWaiting.objects.filter(status="offered").shown().order_by("?")[:2])
    if luck.random() < 0.4:
        for booking in Booking.objects.live().shown().order_by("?")[:1]:
            attempt(actions.cancel_booking, act, booking=booking)


def join_or_book(person: Resident, item, act: dict) -> None:
    """Else a place that is freed while the line is empty would shut the line for the rest of the crowd."""
    days = {"first_day": TOMORROW, "last_day": TOMORROW}
    try:
        actions.join_line(item=item, resident=person, **days, **act)
    except ValidationError as refusal:
        if refusal.code == "not_full":
            for slot in Slot.objects.open().with_places_left().order_by("?")[:1]:
                attempt(actions.book_slot, act, item=item, slot=slot, resident=person)


def attempt(step, act: dict, **values) -> None:
    with contextlib.suppress(ValidationError):
        step(**act | values)


def attempt_each(step, act: dict, rows) -> None:
    for row in rows:
        attempt(step, act, row=row)


@pytest.mark.long
def test_nobody_is_offered_a_taken_place_and_no_place_is_empty_beside_a_line(at_once, item):
    assert Slot.objects.count() * 2 == PLACES
    crowd = people(item, PEOPLE)
    act = {"at": AT, "via": "phone", "by": make.clerk(community=item.community)}

    def live(number: int) -> None:
        luck = random.Random(SEED + number)
        for person in crowd[number::THREADS]:
            one_step(luck, person, item, act)

    # Nobody waits for it: whoever comes next has to take it before the line begins.
    actions.cancel_booking(booking=Booking.objects.shown().first(), **act)
    answers = at_once(*[lambda number=number: live(number) for number in range(THREADS)])
    assert errors(answers) == []
    assert list(find_violations()) == []
    assert empty_places_beside_a_line() == 0
    assert HallWaiting.objects.filter(status="accepted").count() > PLACES
    held = Booking.objects.holding().count() + HallWaiting.objects.filter(status="offered").count()
    assert held <= PLACES


def free_while_somebody_joins(at_once, item) -> int:
    """A place is freed, and before that is stored somebody joins the line who still sees all places taken."""
    clerk, [person] = make.clerk(community=item.community), people(item, 1)
    booking = Booking.objects.shown().first()
    is_freed, has_joined = threading.Event(), threading.Event()

    def free() -> None:
        with transaction.atomic():
            actions.cancel_booking(booking=booking, at=AT, via="phone", by=clerk)
            is_freed.set()
            has_joined.wait(timeout=2)

    def join() -> None:
        is_freed.wait(timeout=10)
        days = {"first_day": TOMORROW, "last_day": TOMORROW}
        try:
            actions.join_line(item=item, resident=person, at=AT, via="phone", by=clerk, **days)
        finally:
            has_joined.set()

    assert errors(at_once(free, join)) == []
    return empty_places_beside_a_line()


def test_nobody_joins_beside_a_place_that_is_being_freed(at_once, item):
    assert free_while_somebody_joins(at_once, item) == 0


def test_without_the_lock_of_the_counter_somebody_waits_beside_an_empty_place(at_once, item, monkeypatch):
    """The negative control. SQLite lets one writer in at a time: there nothing happens."""
    for module, name in ((offers, "lock_counter"), (hall_rules, "lock_counter"), (waiting, "lock_counters")):
        monkeypatch.setattr(module, name, lambda _row: None)
    expected = 0 if connection.vendor == "sqlite" else 1
    assert free_while_somebody_joins(at_once, item) == expected


@pytest.mark.parametrize("seats", [1, 3])
def test_many_who_answer_at_once_get_one_answer_each(at_once, item, seats):
    clerk = make.clerk(community=item.community)
    for person in people(item, seats):
        days = {"first_day": TOMORROW, "last_day": TOMORROW}
        actions.join_line(item=item, resident=person, at=AT, via="phone", by=clerk, **days)
    for booking in Booking.objects.shown()[:seats]:
        actions.cancel_booking(booking=booking, at=AT, via="phone", by=clerk)
    codes = list(HallWaiting.objects.filter(status="offered").values_list("code", flat=True))
    assert len(codes) == seats

    def answer(code: str, act):
        row = HallWaiting.objects.shown().get(code=code)
        return act(row=row, at=AT, via="phone", by=clerk)

    calls = [
        lambda code=code, act=act: answer(code, act)
        for code in codes
        for act in (actions.accept_offer, actions.accept_offer, actions.decline_offer)
    ]
    answers = at_once(*calls)
    assert errors(answers) == []
    assert sum(not isinstance(each, Exception) for each in answers) == seats
    assert list(find_violations()) == []
