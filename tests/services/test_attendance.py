"""What happens to a booking on its day, at the hall."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from circle.actions import find_or_register
from circle.models import Message, Record, Resident
from services import actions
from services.models import Booking, ServiceItem, Slot, Ticket
from tests import make

pytestmark = pytest.mark.django_db

NOW = make.MORNING
ONE_DAY = dt.timedelta(days=1)
SECOND = dt.timedelta(seconds=1)
START = make.moment(1, 9)  # of the booked time
TOMORROW = make.moment(1, 0)  # the first minute of the booked day


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def clerk():
    make.here()
    return make.clerk()


@pytest.fixture
def booking() -> Booking:
    """For tomorrow at nine."""
    return make.booking()


def rows() -> list:
    tables = (Booking, Slot, Message, Record, Resident, Ticket)
    return [list(model.objects.order_by("pk").values()) for model in tables]


def refusal_of(act, **values) -> str:
    """The code, after making sure that nothing is left of the attempt."""
    before = rows()
    with pytest.raises(ValidationError) as refusal:
        act(**values)
    assert rows() == before
    return refusal.value.code


def go(booking: Booking, by, *verbs: str, at: dt.datetime = START) -> Booking:
    """Through these states, a second after each other."""
    for number, verb in enumerate(verbs):
        moment = at + number * SECOND
        more = {"reason": "住院"} if verb == "excuse_absence" else {}
        getattr(actions, verb)(booking=booking, at=moment, by=by, **more)
    return booking


STEPS = {
    "arrived": "check_in_booking",
    "served": "complete_booking",
    "no_show": "record_no_show",
    "excused": "excuse_absence",
}


# One step ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "verb"), STEPS.items())
def test_each_step_is_kept_recorded_and_leaves_the_place_taken(booking, clerk, status, verb):
    go(booking, clerk, verb)
    booking.refresh_from_db()
    assert (booking.status, booking.status_at, booking.slot.taken) == (status, START, 1)
    kept = Record.objects.about(booking).latest("id")
    assert (kept.verb, kept.actor, kept.at) == (f"booking_{status}", clerk, START)
    assert (kept.from_state, kept.to_state, kept.details) == ("booked", status, {})
    assert not Message.objects.exclude(event="booking_made").exists()


def test_reason_of_an_excuse_is_kept_with_the_booking_and_not_in_the_record(booking, clerk):
    actions.excuse_absence(booking=booking, at=START, by=clerk, reason="  去  医院 ")
    booking.refresh_from_db()
    assert booking.reason == "去 医院"
    assert "医院" not in str(Record.objects.about(booking).latest("id").details)


# From which state to which: what is missing here is refused as already_… or not_possible.
WAYS = {
    ("booked", "arrived"),
    ("booked", "served"),
    ("arrived", "served"),
    ("booked", "no_show"),
    ("booked", "excused"),
    ("no_show", "excused"),
}


@pytest.mark.parametrize("after", STEPS)
@pytest.mark.parametrize("before", Booking.Status.values)
def test_steps_go_only_the_ways_there_are(booking, clerk, before, after):
    Booking.objects.filter(pk=booking.pk).update(status=before)
    if before in ("cancelled", "revoked"):
        booking.slot.give_back()
    booking = Booking.objects.get(pk=booking.pk)
    if (before, after) in WAYS:
        go(booking, clerk, STEPS[after])
        assert booking.status == after
        return
    with pytest.raises(ValidationError) as refusal:
        go(booking, clerk, STEPS[after])
    assert refusal.value.code == (f"already_{after}" if before == after else "not_possible")
    assert Record.objects.about(booking).count() == 1


@pytest.mark.parametrize(
    ("verb", "at", "code"),
    [
        ("check_in_booking", TOMORROW - SECOND, "wrong_day"),
        ("check_in_booking", TOMORROW, ""),
        ("check_in_booking", TOMORROW + ONE_DAY - SECOND, ""),
        ("check_in_booking", TOMORROW + ONE_DAY, "wrong_day"),
        ("complete_booking", TOMORROW - SECOND, "too_early"),
        ("complete_booking", TOMORROW, ""),
        ("complete_booking", TOMORROW + 3 * ONE_DAY, ""),
        ("record_no_show", START - SECOND, "too_early"),
        ("record_no_show", START, ""),
        ("record_no_show", START + 3 * ONE_DAY, ""),
        ("excuse_absence", START - SECOND, "too_early"),
        ("excuse_absence", START, ""),
        ("excuse_absence", START + 3 * ONE_DAY, ""),
    ],
)
def test_steps_are_taken_in_their_time(booking, clerk, verb, at, code):
    values = {"booking": booking, "at": at, "by": clerk} | (
        {"reason": "住院"} if verb == "excuse_absence" else {}
    )
    if code:
        assert refusal_of(getattr(actions, verb), **values) == code
    else:
        getattr(actions, verb)(**values)
        assert booking.status != "booked"


@pytest.mark.parametrize("reason", ["", "  "])
def test_excuse_needs_a_reason(booking, clerk, reason):
    assert (
        refusal_of(actions.excuse_absence, booking=booking, at=START, by=clerk, reason=reason)
        == "reason_missing"
    )
    long = {"booking": booking, "at": START, "by": clerk, "reason": "长" * 121}
    assert refusal_of(actions.excuse_absence, **long) == "reason_too_long"


def test_step_on_an_old_copy_is_recorded_from_the_true_state(booking, clerk):
    """Two clerks have the day sheet open: one checks in, the other finishes without reloading."""
    stale = Booking.objects.get(pk=booking.pk)
    go(booking, clerk, "check_in_booking")
    go(stale, clerk, "complete_booking", at=START + SECOND)
    kept = Record.objects.about(booking).latest("id")
    assert (kept.from_state, kept.to_state) == ("arrived", "served")
    actions.undo_transition(booking=stale, at=START + 2 * SECOND, by=clerk)
    assert stale.status == "arrived"


@pytest.mark.django_db(transaction=True)
def test_two_clerks_checking_in_at_once_count_once(booking, clerk, at_once):
    def arrive() -> str:
        return actions.check_in_booking(booking=Booking.objects.get(pk=booking.pk), at=START, by=clerk).status

    answers = at_once(*[arrive] * 4)
    codes = sorted(getattr(answer, "code", answer) for answer in answers)
    assert codes == ["already_arrived"] * 3 + ["arrived"]
    assert Record.objects.about(booking).filter(verb="booking_arrived").count() == 1


# Taking it back ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("steps", "states"),
    [
        (["check_in_booking"], ["booked"]),
        (["complete_booking"], ["booked"]),
        (["record_no_show"], ["booked"]),
        (["excuse_absence"], ["booked"]),
        (["check_in_booking", "complete_booking"], ["arrived", "booked"]),
        (["record_no_show", "excuse_absence"], ["no_show", "booked"]),
        (["check_in_booking", "undo_transition", "record_no_show", "excuse_absence"], ["no_show", "booked"]),
        (
            ["check_in_booking", "complete_booking", "undo_transition", "complete_booking"],
            ["arrived", "booked"],
        ),
    ],
)
def test_undo_takes_one_step_after_the_other_back(booking, clerk, steps, states):
    go(booking, clerk, *steps)
    seen = []
    for number in range(len(states)):
        actions.undo_transition(booking=booking, at=START + dt.timedelta(minutes=1 + number), by=clerk)
        seen.append(Booking.objects.get(pk=booking.pk).status)
    assert seen == states
    assert refusal_of(actions.undo_transition, booking=booking, at=START, by=clerk) == "nothing_to_undo"


def test_undo_is_recorded_and_forgets_the_reason(booking, clerk):
    go(booking, clerk, "excuse_absence")
    actions.undo_transition(booking=booking, at=START + SECOND, by=clerk)
    booking.refresh_from_db()
    assert (booking.status, booking.reason, booking.slot.taken) == ("booked", "", 1)
    kept = Record.objects.about(booking).latest("id")
    assert (kept.verb, kept.from_state, kept.to_state) == ("booking_undone", "excused", "booked")


@pytest.mark.parametrize("status", ["booked", "cancelled", "revoked"])
def test_what_has_another_way_back_is_not_undone(booking, clerk, status):
    if status == "cancelled":
        actions.cancel_booking(booking=booking, at=NOW, via="online")
    if status == "revoked":
        actions.revoke_booking(booking=booking, at=NOW, by=clerk, reason="停电")
    assert refusal_of(actions.undo_transition, booking=booking, at=NOW, by=clerk) == "nothing_to_undo"


def test_undo_on_the_next_day_is_refused(booking, clerk):
    go(booking, clerk, "complete_booking")
    late = TOMORROW + ONE_DAY
    assert refusal_of(actions.undo_transition, booking=booking, at=late, by=clerk) == "too_late"
    actions.undo_transition(booking=booking, at=late - SECOND, by=clerk)
    assert booking.status == "booked"


def test_undo_is_refused_where_there_is_a_newer_booking(booking, clerk):
    go(booking, clerk, "record_no_show")
    make.booking(resident=booking.resident, item=booking.item, slot=booking.slot)
    assert refusal_of(actions.undo_transition, booking=booking, at=START, by=clerk) == "already_booked"
    assert booking.status == "no_show"


# Without a booking ------------------------------------------------------------------------------------------


@pytest.fixture
def item(clerk) -> ServiceItem:
    return make.bookable()


def window(item: ServiceItem, hour: int = 9, **values) -> Slot:
    """Places for phone and window, today."""
    return make.slot(of=item, **{"channel": "counter", "starts_at": make.moment(0, hour)} | values)


def walk_in(item: ServiceItem, by, **values) -> Ticket:
    defaults = {"facility": item.counters.get().facility, "origin": "desk", "at": NOW}
    return actions.draw_ticket(**{"item": item, "by": by} | defaults | values)


def refused(item: ServiceItem, by, **values) -> str:
    return refusal_of(lambda: walk_in(item, by, **values))


def test_walk_in_gets_the_next_number_and_takes_no_place(item, clerk):
    window(item, 10)
    first = window(item, 9)
    tickets = [walk_in(item, clerk, at=NOW + number * SECOND) for number in range(3)]
    assert [ticket.label for ticket in tickets] == ["A001", "A002", "A003"]
    ticket = Ticket.objects.get(pk=tickets[0].pk)
    assert (ticket.status, ticket.day, ticket.drawn_at) == ("waiting", NOW.date(), NOW)
    assert (ticket.resident, Slot.objects.get(pk=first.pk).taken) == (None, 0)
    assert [model.objects.exists() for model in (Message, Booking, Resident)] == [False] * 3
    kept = Record.objects.about(ticket).get()
    assert (kept.verb, kept.to_state, kept.details["origin"]) == ("ticket_drawn", "waiting", "desk")


@pytest.mark.parametrize(
    "values",
    [{"channel": "online"}, {"closed_by": "staff"}, {"starts_at": make.moment(1, 9)}, {"capacity": 0}],
)
def test_walk_in_needs_no_free_time(item, clerk, values):
    window(item, **values)
    assert walk_in(item, clerk).label == "A001"


def test_walk_in_is_taken_until_the_end_of_the_day_and_not_on_a_closed_one(item, clerk):
    assert walk_in(item, clerk, at=make.moment(0, 16, 59)).label == "A001"
    make.closure(facility=item.counters.get().facility, starts_on=make.moment(2, 0).date())
    assert refused(item, clerk, at=make.moment(2, 10)) == "hall_closed"


def test_walk_in_is_served_in_the_hall_where_they_stand(item, clerk):
    window(item)
    assert refused(item, clerk, facility=make.facility()) == "not_served_here"


def test_walk_in_for_an_item_that_cannot_be_booked_is_refused(item, clerk):
    window(item)
    ServiceItem.objects.filter(pk=item.pk).update(status="paused")
    item.refresh_from_db()
    assert refused(item, clerk) == "not_bookable"


def somebody(clerk, **said) -> Resident:
    """As the desk finds or registers who has said a name."""
    defaults = {"community": make.here(), "name": "王秀英", "phone": ""}
    return find_or_register(**defaults | said, at=NOW, by=clerk)


def test_walk_in_is_known_by_phone_and_name(clerk):
    known = make.resident(phone="13800138000", name="王 秀英")
    make.resident(phone="13800138000", name="王芳")
    assert somebody(clerk, phone="+86 13800138000", name=" 王  秀英 ") == known
    assert somebody(clerk, phone="13800138000", name="王小明") != known
    assert Resident.objects.count() == 3


def test_walk_in_who_died_or_lives_elsewhere_is_somebody_else(clerk):
    gone = make.resident(phone="13800138000", name="王秀英", died_on=NOW.date())
    elsewhere = make.resident(phone="13800138000", name="王秀英", community=make.community())
    assert somebody(clerk, phone="13800138000") not in {gone, elsewhere}


def test_walk_in_with_a_name_and_no_phone_is_registered_each_time(clerk):
    assert somebody(clerk) != somebody(clerk)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": " "}, "name_missing"),
        ({"phone": "12"}, "phone_invalid"),
        ({"name": "长" * 61}, "name_too_long"),
    ],
)
def test_walk_in_without_a_proper_name_or_number_is_not_registered(clerk, values, code):
    assert refusal_of(somebody, clerk=clerk, **values) == code


def test_walk_in_who_is_booked_already_is_refused(item, clerk):
    window(item)
    resident = make.own_resident(name="王秀英")
    make.booking(item=item, slot=make.slot(of=item, starts_at=make.moment(0, 10)), resident=resident)
    assert refused(item, clerk, resident=resident) == "already_booked"


def test_walk_in_is_taken_by_staff_of_the_community_only(item):
    window(item)
    strangers = [make.resident_login(), make.clerk(community=make.community())]
    assert [refused(item, by) for by in strangers] == ["not_allowed", "not_allowed"]


# The ticket of a booking ------------------------------------------------------------------------------------


def test_check_in_draws_a_ticket_that_is_first_from_the_booked_time_on(booking, clerk):
    go(booking, clerk, "check_in_booking", at=START - dt.timedelta(minutes=20))
    ticket = Ticket.objects.get(booking=booking)
    assert (ticket.status, ticket.first_from, ticket.resident) == ("waiting", START, booking.resident)
    assert [ticket.is_first(at) for at in (START - SECOND, START)] == [False, True]
    go(booking, clerk, "complete_booking")
    assert Ticket.objects.get().status == "done"


def test_ticket_follows_what_is_taken_back_and_keeps_its_number(booking, clerk):
    seen = []
    for verb in (
        "check_in_booking",
        "undo_transition",
        "check_in_booking",
        "complete_booking",
        "undo_transition",
    ):
        go(booking, clerk, verb, at=START + len(seen) * SECOND)
        ticket = Ticket.objects.get()
        seen.append((ticket.label, ticket.status, ticket.done_at is not None))
    assert seen == [
        ("A001", "waiting", False),
        ("A001", "withdrawn", False),
        ("A001", "waiting", False),
        ("A001", "done", True),
        ("A001", "waiting", False),
    ]
