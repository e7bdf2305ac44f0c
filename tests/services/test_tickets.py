"""Tickets: numbers, the order of the line, what a clerk does with one, what is refused."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from circle.models import Message, Resident
from services import actions
from services.actions.ticket_news import close_earlier_days, close_ticket
from services.hooks.schedule import find_violations, tick
from services.models import Counter, Ticket, TicketSeries
from services.models.ticket_pace import Estimate, Standing, estimate_wait, standing_of
from tests import make

pytestmark = pytest.mark.django_db
NOW = make.moment(0, 9)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def item():
    return make.bookable()


@pytest.fixture
def counter(item):
    return item.counters.get()


@pytest.fixture
def clerk(counter):
    return make.clerk(community=counter.community)


@pytest.fixture
def hall(counter):
    return counter.facility


def draw(hall, at: dt.datetime = NOW, origin: str = "pad", **values) -> Ticket:
    """By nobody in particular: what a kiosk does, without asking how many counters the hall has."""
    make_numbers(hall)
    return actions.draw_ticket(facility=hall, origin="kiosk" if origin == "pad" else origin, at=at, **values)


def make_numbers(hall) -> None:
    if not hasattr(hall, "ticket_hall"):
        make.ticket_hall(facility=hall)


def refusal(act, **values) -> str:
    before = list(Ticket.objects.order_by("pk").values())
    with pytest.raises(ValidationError) as refused:
        act(**values)
    assert list(Ticket.objects.order_by("pk").values()) == before
    return refused.value.code


# Numbers ----------------------------------------------------------------------------------------------------


def test_sixty_walk_ins_in_an_hour_are_all_taken_in(hall):
    labels = [draw(hall, NOW + number * MINUTE).label for number in range(60)]
    assert labels == [f"A{number:03d}" for number in range(1, 61)]


def test_numbers_begin_anew_at_midnight_in_shanghai_and_go_on_after_others_are_gone(hall):
    hall.opening_hours.all().delete()
    last = draw(hall, make.moment(0, 23, 59))
    first = draw(hall, make.moment(1, 0))
    assert (last.label, last.day, first.label, first.day) == (
        "A001",
        NOW.date(),
        "A001",
        NOW.date() + dt.timedelta(days=1),
    )
    actions.give_up_ticket(ticket=first, at=make.moment(1, 0), by=None)
    assert draw(hall, make.moment(1, 0)).label == "A002"
    Ticket.objects.filter(day=first.day).delete()
    assert draw(hall, make.moment(1, 0)).label == "A003"
    assert list(find_violations()) == []


@pytest.mark.planted
def test_number_above_its_series_is_found(hall):
    draw(hall)
    TicketSeries.objects.update(last=0)
    assert len(list(find_violations())) == 1


def test_each_letter_and_each_hall_has_its_own_numbers(item, hall):
    make.counter(items=[make.item()], facility=hall, ticket_prefix="B")
    other = make.bookable()
    drawn = [draw(hall), draw(hall, prefix="B"), draw(other.counters.get().facility), draw(hall)]
    assert [ticket.label for ticket in drawn] == ["A001", "B001", "A001", "A002"]


def test_earlier_days_are_closed_by_the_clock(hall, counter, clerk):
    waiting, called = draw(hall), actions.call_next(counter=counter, at=NOW, by=clerk) if draw(hall) else None
    actions.start_serving(ticket=called, at=NOW, by=clerk)
    list(tick(make.moment(0, 23, 59)))
    assert Ticket.objects.live().count() == 2
    list(tick(make.moment(1, 0)))
    list(tick(make.moment(1, 0, 1)))
    assert set(Ticket.objects.values_list("status", "done_at")) == {("done", None), ("left", None)}
    assert waiting.pk == called.pk


def test_ticket_that_another_clock_closed_at_this_moment_is_no_fault(hall):
    draw(hall)
    [read_before] = Ticket.objects.live()
    at = make.moment(1, 0)
    assert (close_earlier_days(at=at), close_ticket(read_before, at)) == (1, 0)


# The order --------------------------------------------------------------------------------------------------


def test_line_goes_by_booked_time_then_priority_then_arrival(item, hall, counter, clerk):
    make.rule("hall_priority", params={"reasons": ["wheelchair"]})
    slot = make.slot(counter=counter, starts_at=NOW + 10 * MINUTE)
    booking = make.booking(slot=slot, item=item)
    early, late = draw(hall), draw(hall, NOW + MINUTE)
    actions.check_in_booking(booking=booking, at=NOW + 2 * MINUTE, by=clerk)
    chair = draw(hall, NOW + 3 * MINUTE, priority="wheelchair")
    booked = Ticket.objects.get(booking=booking)
    before = [early.pk, late.pk, booked.pk]
    line = Ticket.objects.for_counter(counter).waiting()
    assert list(line.in_line(NOW + 9 * MINUTE).values_list("pk", flat=True)) == [chair.pk, *before]
    assert list(line.in_line(slot.starts_at).values_list("pk", flat=True)) == [
        booked.pk,
        chair.pk,
        early.pk,
        late.pk,
    ]
    called = actions.call_next(counter=counter, at=slot.starts_at, by=clerk)
    actions.start_serving(ticket=called, at=slot.starts_at, by=clerk)
    after = actions.call_next(counter=counter, at=slot.starts_at + MINUTE, by=clerk)
    booking.refresh_from_db()
    assert (called, after, booking.status) == (booked, chair, "served")


def test_priority_needs_a_reason_of_the_rule_in_force(hall):
    assert refusal(draw, hall=hall, priority="soldier") == "priority_unknown"
    make.rule("hall_priority", params={"reasons": ["soldier"]}, valid_from=NOW.date())
    assert draw(hall, priority="soldier").priority == "soldier"
    assert refusal(draw, hall=hall, priority="age") == "priority_unknown"


# The clerk --------------------------------------------------------------------------------------------------


def test_ticket_is_called_three_times_then_skipped_and_comes_back_first(hall, counter, clerk):
    first, second = draw(hall), draw(hall, NOW + MINUTE)
    called = actions.call_next(counter=counter, at=NOW + MINUTE, by=clerk)
    assert called == first
    assert refusal(actions.call_next, counter=counter, at=NOW, by=clerk) == "in_hand"
    for _number in range(2):
        called = actions.call_again(ticket=called, at=NOW + 2 * MINUTE, by=clerk)
    assert refusal(actions.call_again, ticket=called, at=NOW, by=clerk) == "called_out"
    actions.skip_ticket(ticket=called, at=NOW + 3 * MINUTE, by=clerk)
    assert actions.call_next(counter=counter, at=NOW + 4 * MINUTE, by=clerk) == second
    actions.return_ticket(ticket=called, at=NOW + 5 * MINUTE, by=clerk)
    draw(hall, NOW + 6 * MINUTE)
    actions.start_serving(ticket=Ticket.objects.get(pk=second.pk), at=NOW + 6 * MINUTE, by=clerk)
    assert actions.call_next(counter=counter, at=NOW + 7 * MINUTE, by=clerk) == first
    assert Ticket.objects.get(pk=second.pk).status == "done"


def test_parked_and_transferred_are_the_first_when_they_come(item, hall, counter, clerk):
    other = make.counter(items=[item], facility=hall)
    colleague = make.clerk(community=hall.community)
    first, second = draw(hall), draw(hall, NOW + MINUTE)
    ticket = actions.call_next(counter=counter, at=NOW + MINUTE, by=clerk)
    assert refusal(actions.transfer_ticket, ticket=ticket, to=counter, at=NOW, by=clerk) == "wrong_counter"
    far = make.counter(items=[item])
    assert refusal(actions.transfer_ticket, ticket=ticket, to=far, at=NOW, by=clerk) == "wrong_counter"
    actions.transfer_ticket(ticket=ticket, to=other, at=NOW + MINUTE, by=clerk)
    assert actions.call_next(counter=counter, at=NOW + 2 * MINUTE, by=clerk) == second
    assert refusal(actions.call_ticket, ticket=first, counter=far, at=NOW, by=colleague) == "wrong_counter"
    assert actions.call_next(counter=other, at=NOW + 2 * MINUTE, by=colleague) == first
    parked = Ticket.objects.get(pk=second.pk)
    actions.start_serving(ticket=parked, at=NOW + 3 * MINUTE, by=clerk)
    actions.park_ticket(ticket=parked, at=NOW + 4 * MINUTE, by=clerk)
    draw(hall, NOW + 4 * MINUTE)
    actions.return_ticket(ticket=parked, at=NOW + 5 * MINUTE, by=clerk)
    assert actions.call_next(counter=counter, at=NOW + 6 * MINUTE, by=clerk) == second


def test_what_cannot_be_is_refused(item, hall, counter, clerk):
    assert refusal(actions.call_next, counter=counter, at=NOW, by=clerk) == "nobody_waiting"
    ticket = draw(hall)
    steps = ["start_serving", "skip_ticket", "park_ticket", "return_ticket", "call_again"]
    codes = [refusal(getattr(actions, step), ticket=ticket, at=NOW, by=clerk) for step in steps]
    assert codes == ["not_possible", "not_possible", "not_possible", "already_waiting", "not_possible"]
    tomorrow = {"ticket": ticket, "counter": counter, "at": NOW + dt.timedelta(days=1), "by": clerk}
    assert refusal(actions.call_ticket, **tomorrow) == "wrong_day"
    stranger = make.resident(community=make.community())
    assert (
        refusal(actions.name_ticket, ticket=ticket, resident=stranger, at=NOW, by=clerk) == "other_community"
    )
    counter.is_active = False
    counter.save()
    assert refusal(actions.call_next, counter=counter, at=NOW, by=clerk) == "counter_off"
    assert refusal(draw, hall=hall) == "unknown_line"


def test_closed_hall_gives_no_number_and_a_list_of_arrivals_has_none(hall):
    assert refusal(draw, hall=hall, at=make.moment(0, 20)) == "hall_closed"
    assert draw(hall, make.moment(0, 8, 30)).label == "A001"  # half an hour before the hall opens
    assert refusal(draw, hall=hall, at=make.moment(0, 8, 29)) == "hall_closed"
    hall.ticket_hall.mode = "list"
    hall.ticket_hall.save()
    assert refusal(draw, hall=hall) == "no_numbers"


def test_several_items_are_dealt_with_in_one_visit(item, hall, clerk):
    ticket, other = draw(hall), make.item(community=hall.community)
    for each in (item, other, item):
        actions.add_item(ticket=ticket, item=each, at=NOW, by=clerk)
    assert (ticket.item, list(ticket.more_items.all())) == (item, [other])
    foreign = make.item(community=make.community())
    assert refusal(actions.add_item, ticket=ticket, item=foreign, at=NOW, by=clerk) == "other_community"


def test_number_of_the_pad_is_typed_in_once(hall, counter, clerk):
    said = {"facility": hall, "number": 7, "drawn_at": NOW, "is_done": False, "by": clerk}
    at = NOW + 30 * MINUTE
    ticket = actions.enter_pad_number(**said, at=at)
    assert (ticket.label, ticket.status, ticket.drawn_at) == ("P007", "waiting", NOW)
    assert refusal(actions.enter_pad_number, **said, at=at) == "number_taken"
    for wrong, code in (
        ({"number": 0}, "pad_number"),
        ({"number": 201}, "pad_number"),
        ({"drawn_at": at + MINUTE}, "pad_time"),
        ({"drawn_at": at - dt.timedelta(days=8)}, "pad_time"),
        ({"by": make.user()}, "not_allowed"),
    ):
        assert refusal(actions.enter_pad_number, **said | wrong, at=at) == code
    assert actions.call_next(counter=counter, at=at, by=clerk) == ticket
    earlier = said | {"drawn_at": NOW - dt.timedelta(days=1)}
    assert actions.enter_pad_number(**earlier, at=at).status == "left"


# My place ---------------------------------------------------------------------------------------------------


def test_estimate_is_a_span_from_todays_pace_or_none(hall, counter, clerk):
    assert estimate_wait(3, None) is None
    assert estimate_wait(0, None) == Estimate(0, 0)
    tickets = [draw(hall, NOW + number * MINUTE) for number in range(8)]
    last = tickets[-1]
    assert standing_of(last, NOW + 10 * MINUTE) == (standing_of(last, NOW + 10 * MINUTE))
    assert (standing_of(last, NOW).before, standing_of(last, NOW).estimate) == (7, None)
    for number in range(4):  # one in ten minutes
        at = NOW + number * 10 * MINUTE
        ticket = actions.call_next(counter=counter, at=at, by=clerk)
        actions.start_serving(ticket=ticket, at=at, by=clerk)
    standing = standing_of(last, NOW + 40 * MINUTE)
    assert (standing.before, standing.estimate) == (3, Estimate(20, 40))
    slow = standing_of(last, NOW + 80 * MINUTE).estimate  # nobody called for forty minutes
    assert slow == Estimate(45, 80)


def test_who_has_said_who_they_are_is_told_once_when_two_are_before_them(hall, counter, clerk):
    her = make.own_resident(community=hall.community)
    tickets = [draw(hall, NOW + number * MINUTE) for number in range(3)]
    mine = draw(hall, NOW + 4 * MINUTE, resident=her)
    assert not Message.objects.exists()
    for number in range(3):
        at = NOW + (5 + number) * MINUTE
        called = actions.call_next(counter=counter, at=at, by=clerk)
        assert called == tickets[number]
        actions.start_serving(ticket=called, at=at, by=clerk)
        assert Message.objects.filter(event="ticket_near", resident=her).count() == 1
    mine.refresh_from_db()
    assert mine.told_at == NOW + 5 * MINUTE
    assert Resident.objects.count() == 1


def test_my_place_counts_whoever_is_called_before_me(item, hall, counter, clerk):
    """Printed numbers, and who was sent to the only counter that calls mine."""
    other = make.counter(items=[item], facility=hall, ticket_prefix="B")
    sent = draw(hall, prefix="B")
    pad = {"facility": hall, "number": 7, "drawn_at": NOW, "is_done": False, "by": clerk}
    actions.enter_pad_number(**pad, at=NOW + MINUTE)
    assert actions.call_next(counter=other, at=NOW + MINUTE, by=clerk) == sent
    actions.transfer_ticket(ticket=sent, to=counter, at=NOW + MINUTE, by=clerk)
    mine = draw(hall, NOW + 2 * MINUTE, prefix="A")
    at, places = NOW + 3 * MINUTE, []
    for _number in range(2):
        places.append(standing_of(mine, at).before)
        assert actions.call_next(counter=counter, at=at, by=clerk) != mine
        Ticket.objects.in_hand_of(clerk).update(status="done")
    assert (places, standing_of(mine, at)) == ([2, 1], Standing(0, Estimate(0, 0)))
    assert actions.call_next(counter=counter, at=at, by=clerk) == mine


def test_who_was_sent_elsewhere_is_not_before_me_at_a_second_counter(item, hall, counter, clerk):
    second = make.counter(items=[item], facility=hall)
    sent, mine = draw(hall), draw(hall, NOW + MINUTE)
    actions.call_next(counter=counter, at=NOW + MINUTE, by=clerk)
    actions.transfer_ticket(ticket=sent, to=second, at=NOW + MINUTE, by=clerk)
    assert standing_of(mine, NOW + 2 * MINUTE).before == 0
    assert standing_of(sent, NOW + 2 * MINUTE).before == 0
    assert actions.call_next(counter=counter, at=NOW + 2 * MINUTE, by=clerk) == mine


# Counters that change ---------------------------------------------------------------------------------------


def test_line_without_a_counter_at_work_is_called_by_any_other(item, hall, counter, clerk):
    other = make.counter(items=[item], facility=hall, ticket_prefix="B")
    stays = draw(hall, prefix="A")
    for change in ({"ticket_prefix": "C"}, {"ticket_prefix": "A", "is_active": False}):
        Counter.objects.filter(pk=counter.pk).update(**change)
        assert list(Ticket.objects.for_counter(other)) == [stays], change
        assert standing_of(stays, NOW).before == 0
    Counter.objects.filter(pk=counter.pk).update(is_active=True)
    assert not Ticket.objects.for_counter(other).exists()  # the control: its own counter is back
    Counter.objects.filter(pk=counter.pk).update(is_active=False)
    assert actions.call_next(counter=other, at=NOW + MINUTE, by=clerk) == stays


def test_who_was_sent_to_a_counter_that_closed_is_called_by_the_others(item, hall, counter, clerk):
    second = make.counter(items=[item], facility=hall)
    sent = draw(hall)
    actions.call_next(counter=counter, at=NOW, by=clerk)
    actions.transfer_ticket(ticket=sent, to=second, at=NOW, by=clerk)
    assert not Ticket.objects.for_counter(counter).exists()
    Counter.objects.filter(pk=second.pk).update(is_active=False)
    assert actions.call_next(counter=counter, at=NOW + MINUTE, by=clerk) == sent
