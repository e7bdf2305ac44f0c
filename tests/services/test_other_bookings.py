"""A person's bookings of one day: never two at one minute, and not more than the rule allows."""

import datetime as dt
import importlib
from itertools import pairwise

import pytest
import time_machine
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from services import actions
from services.hooks.schedule import find_violations
from services.models import Booking, Slot
from tests import make

NOW = make.MORNING
MINUTE = dt.timedelta(minutes=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def anna():
    return make.own_resident()


@pytest.fixture
def rule():
    return make.rule("hall_bookings_per_day", params={"most": 2})


def book(person, hour: int, minute: int = 0, *, day: int = 1, **values) -> Booking:
    """Another item at a counter of its own, half an hour from then on."""
    slot = make.slot(starts_at=make.moment(day, hour, minute), capacity=9)
    return make.booking(resident=person, slot=slot, **values)


def refusal(act, *args, **values) -> str:
    before = list(Booking.objects.order_by("pk").values())
    with pytest.raises(ValidationError) as refused:
        act(*args, **values)
    assert list(Booking.objects.order_by("pk").values()) == before
    assert list(find_violations()) == []
    return refused.value.code


# At one minute ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("hour", "minute"), [(9, 0), (9, 15), (8, 45), (9, 29), (8, 31)])
@pytest.mark.parametrize("via", ["online", "phone"])
def test_two_bookings_at_one_minute_are_refused(anna, hour, minute, via):
    book(anna, 9)
    by = {} if via == "online" else {"by": make.clerk(), "via": via}
    assert refusal(book, anna, hour, minute, **by) == "busy"


def test_booking_that_frames_or_lies_within_another_is_refused(anna):
    book(anna, 9)
    long = make.slot(starts_at=make.moment(1, 8), ends_at=make.moment(1, 11))
    assert refusal(make.booking, resident=anna, slot=long) == "busy"


@pytest.mark.parametrize(("hour", "minute"), [(8, 30), (9, 30)])
def test_back_to_back_is_no_clash(anna, hour, minute):
    book(anna, 9)
    assert book(anna, hour, minute)


def test_neighbour_books_the_same_minute(anna):
    book(anna, 9)
    assert book(make.own_resident(), 9)


@pytest.mark.parametrize("end", ["cancel", "revoke"])
def test_time_is_free_again_for_who_gave_it_up(anna, end):
    booking = book(anna, 9)
    if end == "cancel":
        actions.cancel_booking(booking=booking, at=NOW, via="online", by=anna.login)
    else:
        actions.revoke_booking(booking=booking, at=NOW, by=make.clerk(), reason="停电")
    assert book(anna, 9, 15)


def test_overlap_is_found_after_the_first_of_two_was_given_up(anna):
    first = book(anna, 9)
    book(anna, 11)
    actions.cancel_booking(booking=first, at=NOW, via="online", by=anna.login)
    assert refusal(book, anna, 11, 15) == "busy"


def test_agent_books_for_two_people_at_one_minute(anna):
    mandate = make.mandate(agent=anna.login)
    book(anna, 9)
    assert book(mandate.principal, 9, by=anna.login)


def test_move_to_a_minute_that_is_taken_is_refused(anna):
    book(anna, 9)
    other = book(anna, 9, day=2)
    target = make.slot(counter=other.slot.counter, starts_at=make.moment(1, 9, 15))
    move = {"booking": other, "slot": target, "at": NOW, "via": "online", "by": anna.login}
    assert refusal(actions.move_booking, **move) == "busy"
    assert other.slot != target
    later = make.slot(counter=other.slot.counter, starts_at=make.moment(1, 9, 30))
    assert actions.move_booking(**move | {"slot": later}).slot == later


def test_move_within_its_own_time_is_no_clash(anna):
    booking = book(anna, 9)
    target = make.slot(counter=booking.slot.counter, starts_at=make.moment(1, 9, 15))
    move = {"booking": booking, "slot": target, "at": NOW, "via": "online", "by": anna.login}
    assert actions.move_booking(**move).slot == target


def test_whoever_stands_at_the_window_is_taken_in(anna, rule):
    """With two bookings of today, one of them at this time: the matter is a third one."""
    for hour in (9, 15):
        book(anna, hour, day=0, at=NOW - dt.timedelta(days=1))
    item = make.bookable()
    [counter] = item.counters.all()
    make.slot(counter=counter, channel="counter", starts_at=make.moment(0, 9))
    taken = actions.draw_ticket(
        facility=counter.facility, origin="desk", item=item, at=NOW, by=make.clerk(), resident=anna
    )
    assert taken.status == "waiting"
    assert sorted(Booking.objects.live().values_list("ordinal", flat=True)) == [1, 2]


def test_no_show_is_not_taken_back_into_a_minute_that_is_taken(anna):
    first = book(anna, 9, day=0, at=NOW - dt.timedelta(days=1))
    at = make.moment(0, 9, 10)
    actions.record_no_show(booking=first, at=at, by=make.clerk())
    second = book(anna, 9, 20, day=0, at=make.moment(0, 8))
    assert refusal(actions.undo_transition, booking=first, at=at + MINUTE, by=make.clerk()) == "busy"
    actions.cancel_booking(booking=second, at=at, via="phone", by=make.clerk())
    actions.undo_transition(booking=first, at=at + MINUTE, by=make.clerk())
    assert first.status == "booked"


def test_excuse_is_taken_back_although_there_is_a_newer_booking(anna):
    """What did not take place is not live, so it is in nobody's way."""
    first = book(anna, 9, day=0, at=NOW - dt.timedelta(days=1))
    at = make.moment(0, 9, 10)
    actions.record_no_show(booking=first, at=at, by=make.clerk())
    actions.excuse_absence(booking=first, at=at, by=make.clerk(), reason="生病")
    book(anna, 9, 20, day=0, at=NOW)
    actions.undo_transition(booking=first, at=at, by=make.clerk())
    assert first.status == "no_show"


def test_page_shows_the_booking_that_is_at_that_time(client, anna):
    existing = book(anna, 9)
    slot = make.slot(starts_at=make.moment(1, 9))
    client.force_login(anna.login)
    [item] = slot.counter.items.all()
    sent = {"slot": slot.code, "resident": anna.code, "once": "one"}
    page = client.post(f"/en/services/{item.code}/book/check/", sent)
    assert (page.status_code, page.context["existing"]) == (422, existing)
    assert existing.code in page.text


# How many in a day ------------------------------------------------------------------------------------------


def test_third_booking_of_a_day_is_refused_whoever_books(anna, rule):
    book(anna, 9)
    book(anna, 10)
    assert refusal(book, anna, 11) == "day_limit"
    assert refusal(book, anna, 11, by=make.clerk(), via="phone") == "day_limit"
    agent = make.mandate(principal=anna, scope="bookings").agent
    assert refusal(book, anna, 11, by=agent) == "day_limit"
    assert book(anna, 11, day=2)


def test_move_to_a_day_that_has_enough_is_refused(anna, rule):
    book(anna, 9)
    book(anna, 10)
    third = book(anna, 9, day=2)
    target = make.slot(counter=third.slot.counter, starts_at=make.moment(1, 15))
    move = {"booking": third, "slot": target, "at": NOW, "via": "online", "by": anna.login}
    assert refusal(actions.move_booking, **move) == "day_limit"


def test_move_within_a_day_that_has_enough_is_possible(anna, rule):
    booking, _other = book(anna, 9), book(anna, 10)
    target = make.slot(counter=booking.slot.counter, starts_at=make.moment(1, 15))
    actions.move_booking(booking=booking, slot=target, at=NOW, via="online", by=anna.login)
    assert booking.slot == target


def test_rule_is_the_one_in_force_on_the_day_of_the_booking(anna, rule):
    make.rule("hall_bookings_per_day", params={"most": 3}, valid_from=make.moment(2, 9).date())
    for day in (1, 2):
        book(anna, 9, day=day)
        book(anna, 10, day=day)
    assert refusal(book, anna, 11, day=1) == "day_limit"
    assert book(anna, 11, day=2)


def test_without_a_rule_there_is_no_limit(anna):
    assert [book(anna, hour).ordinal for hour in range(9, 15)] == [1, 2, 3, 4, 5, 6]


def test_number_that_became_free_is_given_again(anna, rule):
    first, second = book(anna, 9), book(anna, 10)
    actions.cancel_booking(booking=first, at=NOW, via="online", by=anna.login)
    assert (second.ordinal, book(anna, 11).ordinal) == (2, 1)


def test_same_item_on_one_day_is_named_as_such(anna, rule):
    booking = book(anna, 9)
    again = make.slot(counter=booking.slot.counter, starts_at=make.moment(1, 9, 15))
    assert refusal(make.booking, resident=anna, slot=again) == "already_booked"


# The database keeps it --------------------------------------------------------------------------------------


def test_database_gives_each_number_of_a_day_once(anna):
    one, two = book(anna, 9), book(anna, 10)
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=two.pk).update(ordinal=one.ordinal)


def test_first_booking_of_a_day_costs_no_query_more(anna, django_assert_num_queries):
    """Its number is worked out in the INSERT itself."""
    slot = Slot.objects.select_related("counter__facility").get(pk=make.slot(capacity=9).pk)
    item = slot.counter.items.get()
    assert item.counter_ids
    assert item.age_bands == []
    with django_assert_num_queries(6):  # savepoint, booking, record, message, slot, release
        actions.book_slot(item=item, slot=slot, resident=anna, via="online", at=NOW, by=anna.login)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("minutes", [0, 15, 30])
def test_bookings_made_at_once_are_as_if_made_one_after_another(at_once, minutes):
    anna = make.own_resident()
    make.rule("hall_bookings_per_day", params={"most": 2})
    slots = [
        make.slot(starts_at=make.moment(1, 9) + number * dt.timedelta(minutes=minutes)) for number in range(6)
    ]
    made = at_once(*[lambda slot=slot: make.booking(resident=anna, slot=slot) for slot in slots])
    live = list(Booking.objects.live().select_related("slot").order_by("slot__starts_at"))
    assert len(live) == (1 if minutes == 0 else 2)
    assert all(one.slot.ends_at <= two.slot.starts_at for one, two in pairwise(live))
    codes = {answer.code for answer in made if not isinstance(answer, Booking)}
    assert codes <= {"busy", "day_limit", "already_booked"}
    assert list(find_violations()) == []


def test_bookings_from_before_get_their_numbers(anna):
    for hour in (9, 10, 11):
        book(anna, hour)
    book(anna, 9, day=2)
    other = book(make.own_resident(), 9)
    numbers = importlib.import_module("services.migrations.0003_number_live_bookings").number_live_bookings
    Booking.objects.order_by("-pk").update(status="cancelled", ordinal=1)
    Booking.objects.exclude(pk=other.pk).update(ordinal=7)
    Booking.objects.update(ordinal=1)
    Booking.objects.filter(status="cancelled").update(status="served")
    with transaction.atomic():
        live = Booking.objects.filter(resident=anna, day=make.moment(1, 9).date())
        for number, pk in enumerate(live.order_by("pk").values_list("pk", flat=True)):
            Booking.objects.filter(pk=pk).update(status="booked", ordinal=10 + number)
        numbers(apps, None)
    assert list(live.order_by("pk").values_list("ordinal", flat=True)) == [1, 2, 3]
    assert set(Booking.objects.exclude(pk__in=live).values_list("ordinal", flat=True)) == {1}
