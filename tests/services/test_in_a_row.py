"""A room by the hour: one person has it for as many hours running as the item says, and no more."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from services import actions
from services.actions import move_to_like_time
from services.backoffice.desk_slots import slots_to_move_to
from services.hooks.schedule import find_violations
from services.models import Booking, ServiceItem, Slot
from tests import make

AT = make.MORNING
MINUTE = dt.timedelta(minutes=1)
HOUR = 60 * MINUTE
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def anna():
    return make.own_resident()


@pytest.fixture
def room():
    """The ping-pong room: two hours running, each with one table online."""
    return make.bookable(times_in_a_row=2)


def hour(room, number: int, *, day: int = 1, **values) -> Slot:
    starts_at, ends_at = make.moment(day, number), make.moment(day, number + 1)
    return make.slot(of=room, starts_at=starts_at, ends_at=ends_at, **values)


def book(person, slot: Slot, **values) -> Booking:
    return make.booking(item=slot.counter.items.get(), slot=slot, resident=person, **values)


def refusal(act, *args, **values) -> str:
    before = list(Booking.objects.order_by("pk").values())
    with pytest.raises(ValidationError) as refused:
        act(*args, **values)
    assert list(Booking.objects.order_by("pk").values()) == before
    assert list(find_violations()) == []
    return refused.value.code


@pytest.mark.parametrize(("first", "second"), [(9, 10), (10, 9)])
def test_hour_right_before_or_after_is_booked(anna, room, first, second):
    made = [book(anna, hour(room, number)) for number in (first, second)]
    assert [each.item_ordinal for each in made] == [1, 2]


def test_third_hour_and_one_apart_are_refused(anna, room):
    book(anna, hour(room, 9))
    assert refusal(book, anna, hour(room, 14)) == "not_in_a_row"
    book(anna, hour(room, 10))
    assert refusal(book, anna, hour(room, 11)) == "not_in_a_row"


def test_same_hour_twice_and_the_next_hour_of_another_room_are_refused(anna, room):
    nine = hour(room, 9)
    book(anna, nine)
    other = make.counter(items=[room], facility=room.counters.get().facility)
    elsewhere = make.slot(counter=other, starts_at=make.moment(1, 10), ends_at=make.moment(1, 11))
    assert refusal(book, anna, nine) == refusal(book, anna, elsewhere) == "not_in_a_row"


def test_item_of_one_time_stays_at_one(anna):
    item = make.bookable()
    book(anna, hour(item, 9))
    assert refusal(book, anna, hour(item, 10)) == "already_booked"


def test_hours_running_count_as_one_of_the_bookings_of_a_day(anna, room):
    make.rule("hall_bookings_per_day", params={"most": 2})
    for number in (9, 10):
        book(anna, hour(room, number))
    other = make.bookable()
    book(anna, hour(other, 14))
    assert refusal(book, anna, hour(make.bookable(), 15)) == "day_limit"


def test_hour_given_up_leaves_its_number_for_the_next(anna, room):
    first, _second = [book(anna, hour(room, number)) for number in (9, 10)]
    actions.cancel_booking(booking=first, at=AT, via="online", by=anna.login)
    assert book(anna, hour(room, 11)).item_ordinal == 1


def test_full_hour_is_said_to_be_full(anna, room):
    book(anna, hour(room, 9))
    ten = hour(room, 10, capacity=1)
    book(make.own_resident(), ten)
    assert refusal(book, anna, Slot.objects.get(pk=ten.pk)) == "full"


def test_hour_is_moved_next_to_the_other_one_only(anna, room):
    first, _second = [book(anna, hour(room, number)) for number in (9, 10)]
    eleven, fourteen = hour(room, 11), hour(room, 14)
    move = {"booking": first, "at": AT, "via": "online", "by": anna.login}
    assert refusal(actions.move_booking, slot=fourteen, **move) == "not_in_a_row"
    assert set(slots_to_move_to(first, AT)) == {eleven}
    assert actions.move_booking(slot=eleven, **move).slot == eleven


def test_times_that_a_move_would_be_refused_are_not_offered(anna, room):
    """Of the other day nothing while it is full, and beside one hour only what is free for the person."""
    for number in (9, 10):
        book(anna, hour(room, number))
    alone = book(anna, hour(room, 9, day=2))
    free = [hour(room, number, day=day) for number, day in [(8, 1), (11, 1), (10, 2), (14, 2)]]
    assert set(slots_to_move_to(alone, AT)) == set(free[2:])
    type(room).objects.filter(pk=room.pk).update(times_in_a_row=3)
    alone.item.refresh_from_db()
    offered = slots_to_move_to(alone, AT)
    assert set(offered) == set(free)
    for slot in offered:
        actions.move_booking(booking=alone, slot=slot, at=AT, via="phone", by=make.clerk())


def test_both_hours_that_lose_their_time_go_to_the_same_day(anna, room):
    first, second = [book(anna, hour(room, number)) for number in (9, 10)]
    for number in (9, 10, 11):
        hour(room, number, day=2)
    Slot.objects.filter(day=make.moment(1, 9).date()).update(closed_by="staff")
    clerk = make.clerk()
    for each in (first, second):
        found = Booking.objects.shown().get(pk=each.pk)
        move_to_like_time(booking=found, at=AT, by=clerk, reason="停电")
    moved = Booking.objects.order_by("slot__starts_at").values_list("slot__starts_at", flat=True)
    assert list(moved) == [make.moment(2, 9), make.moment(2, 10)]


def test_page_says_how_many_times_in_a_row_there_are(client, room, html):
    hour(room, 9)
    assert "up to 2 of these times" in html(client.get(f"/en/services/{room.code}/book/"))
    item = make.bookable()
    assert "of these times" not in html(client.get(f"/en/services/{item.code}/book/"))


def test_page_shows_the_booking_that_stands_in_the_way(client, anna, room):
    booked, later = book(anna, hour(room, 9)), hour(room, 14)
    client.force_login(anna.login)
    sent = {"slot": later.code, "resident": anna.code, "once": "6f1c1a3e-0000-4000-8000-000000000001"}
    page = client.post(f"/services/{room.code}/book/check/", sent)
    assert page.status_code == 422
    assert page.context["existing"] == booked


@pytest.mark.parametrize("values", [{"item_ordinal": 1}, {"item_ordinal": 1, "ordinal": 7}])
def test_database_gives_each_number_of_an_item_once(anna, room, values):
    _first, second = [book(anna, hour(room, number)) for number in (9, 10)]
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.filter(pk=second.pk).update(**values)


def test_database_refuses_an_item_without_any_time(room):
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceItem.objects.filter(pk=room.pk).update(times_in_a_row=0)


@pytest.mark.django_db(transaction=True)
def test_hours_booked_at_once_are_two_running(at_once):
    anna, room = make.own_resident(), make.bookable(times_in_a_row=2)
    slots = [hour(room, number) for number in (9, 10, 11)]
    made = at_once(*[lambda slot=slot: book(anna, slot) for slot in [*slots, *slots]])
    codes = {each.code for each in made if not isinstance(each, Booking)}
    hours = [slot.starts_at for slot in slots]
    live = sorted(Booking.objects.live().values_list("slot__starts_at", flat=True))
    assert codes <= {"not_in_a_row", "already_booked"}
    assert live in [hours[:2], hours[1:], *([each] for each in hours)]
    assert list(find_violations()) == []


@pytest.fixture
def released(anna):
    """A table for one, whose hour began a quarter of an hour ago; nobody has checked in."""
    table = make.bookable(release_minutes=15)
    running = make.slot(of=table, starts_at=AT, ends_at=AT + HOUR, capacity=1)
    booking = make.booking(slot=running, item=table, resident=anna, at=AT - HOUR)
    assert [actions.release_unused(at=AT + minutes * MINUTE) for minutes in (0, 14, 15, 15)] == [0, 0, 1, 0]
    booking.refresh_from_db()
    return booking


def test_room_goes_to_the_next_a_quarter_of_an_hour_after_a_no_show(released):
    slot, at = released.slot, AT + 20 * MINUTE
    slot.refresh_from_db()
    assert (released.status, released.released_at, slot.left) == ("no_show", AT + 15 * MINUTE, 1)
    next_one = make.own_resident()
    said = {"item": released.item, "slot": slot, "via": "online"}
    with pytest.raises(ValidationError) as refusal:
        actions.book_slot(**said, resident=next_one, by=next_one.login, at=AT + 50 * MINUTE)
    assert refusal.value.code == "slot_past"
    taken = actions.book_slot(**said, resident=next_one, by=next_one.login, at=at)
    with pytest.raises(ValidationError) as refusal:
        actions.undo_transition(booking=released, at=at, by=make.clerk())
    assert refusal.value.code == "full"
    assert not list(find_violations())
    # Who came late has a quarter of an hour of their own.
    assert [actions.release_unused(at=at + minutes * MINUTE) for minutes in (14, 15)] == [0, 1]
    taken.refresh_from_db()
    assert taken.status == "no_show"


def test_no_show_that_was_an_error_is_taken_back_while_the_room_is_free(released):
    released.refresh_from_db()
    actions.undo_transition(booking=released, at=AT + 20 * MINUTE, by=make.clerk())
    released.slot.refresh_from_db()
    assert (released.status, released.released_at, released.slot.left) == ("booked", None, 0)
    assert not list(find_violations())


def test_only_rooms_are_given_to_the_next_and_never_from_who_is_there(anna):
    for values in ({}, {"release_minutes": 15}):
        item = make.bookable(**values)
        slot = make.slot(of=item, starts_at=AT, ends_at=AT + HOUR)
        booking = make.booking(slot=slot, item=item, resident=make.resident(), at=AT - HOUR)
        if values:
            actions.check_in_booking(booking=booking, at=AT + 5 * MINUTE, by=make.clerk())
    assert actions.release_unused(at=AT + 30 * MINUTE) == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.update(released_at=AT)


def test_running_hour_is_offered_on_the_page_until_little_of_it_is_left(client, released):
    for minutes, shown in ((20, True), (50, False)):
        with time_machine.travel(AT + minutes * MINUTE, tick=False):
            page = client.get(f"/en/services/{released.item.code}/book/").text
        assert (str(released.slot.code) in page) == shown
