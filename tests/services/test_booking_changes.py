"""What may become of a booking before its time: cancelled, called off, moved, reminded of."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from circle.models import Message, Record
from services import actions
from services.models import Booking, Slot
from tests import make

pytestmark = pytest.mark.django_db

NOW = make.MORNING
ONE_DAY = dt.timedelta(days=1)
SECOND = dt.timedelta(seconds=1)
ENDED = ["arrived", "served", "no_show", "excused", "cancelled", "revoked"]


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


def rows() -> list:
    return [list(model.objects.order_by("pk").values()) for model in (Booking, Slot, Message, Record)]


def refusal_of(act, booking: Booking, **values) -> str:
    """The code, after making sure that nothing is left of the attempt and the object tells the truth."""
    before = rows()
    with pytest.raises(ValidationError) as refusal:
        act(booking=booking, **{"at": NOW} | values)
    assert rows() == before
    kept = Booking.objects.get(pk=booking.pk)
    assert (booking.status, booking.slot_id, booking.day) == (kept.status, kept.slot_id, kept.day)
    return refusal.value.code


def ended(status: str) -> Booking:
    """A booking that has come to this end."""
    booking, clerk = make.booking(), make.clerk()
    at = booking.slot.starts_at
    acts = {
        "arrived": lambda: actions.check_in_booking(booking=booking, at=at, by=clerk),
        "served": lambda: actions.complete_booking(booking=booking, at=at, by=clerk),
        "no_show": lambda: actions.record_no_show(booking=booking, at=at, by=clerk),
        "excused": lambda: actions.excuse_absence(booking=booking, at=at, by=clerk, reason="住院"),
        "cancelled": lambda: actions.cancel_booking(booking=booking, at=NOW, via="online"),
        "revoked": lambda: actions.revoke_booking(booking=booking, at=NOW, by=clerk, reason="停电"),
    }
    acts[status]()
    return booking


def later(booking: Booking, day: int = 1, hour: int = 10, **values) -> Slot:
    """Another time at the same counter."""
    return make.slot(counter=booking.slot.counter, starts_at=make.moment(day, hour), **values)


def last(event: str) -> Message:
    return Message.objects.filter(event=event).latest("id")


def taken(*slots: Slot) -> list[int]:
    return [Slot.objects.get(pk=slot.pk).taken for slot in slots]


# Cancelling -------------------------------------------------------------------------------------------------


def test_cancelled_booking_gives_its_place_back():
    booking = make.booking()
    at = NOW + SECOND
    actions.cancel_booking(booking=booking, at=at, via="online", by=booking.resident.login)
    booking.refresh_from_db()
    assert (booking.status, booking.status_at, taken(booking.slot)) == ("cancelled", at, [0])
    kept = Record.objects.about(booking).latest("id")
    assert (kept.verb, kept.actor, kept.details) == (
        "booking_cancelled",
        booking.resident.login,
        {"via": "online"},
    )
    assert (kept.from_state, kept.to_state) == ("booked", "cancelled")
    assert (last("booking_cancelled").values["code"], booking.is_live) == (booking.code, False)


def test_booking_is_cancelled_online_until_the_items_deadline():
    booking = make.booking(item=make.bookable(cancel_hours=3))
    deadline = make.moment(1, 6)
    assert booking.cancellable_until == deadline
    assert refusal_of(actions.cancel_booking, booking, at=deadline + SECOND, via="online") == "too_late"
    actions.cancel_booking(booking=booking, at=deadline, via="online")
    assert booking.status == "cancelled"


@pytest.mark.parametrize("via", ["phone", "window"])
def test_booking_is_cancelled_by_staff_until_it_begins(via):
    booking, clerk = make.booking(), make.clerk()
    start = booking.slot.starts_at
    assert refusal_of(actions.cancel_booking, booking, at=start + SECOND, via=via, by=clerk) == "too_late"
    actions.cancel_booking(booking=booking, at=start, via=via, by=clerk)
    assert booking.status == "cancelled"


def test_booking_is_cancelled_by_phone_number_and_code_without_a_login():
    booking = make.booking()
    actions.cancel_booking(booking=booking, at=NOW, via="online")
    assert Record.objects.about(booking).latest("id").actor is None


@pytest.mark.parametrize("status", ENDED)
def test_booking_that_came_to_an_end_is_not_cancelled(status):
    booking = ended(status)
    code = "already_cancelled" if status == "cancelled" else "not_possible"
    for at in (NOW, booking.slot.starts_at + ONE_DAY):
        assert refusal_of(actions.cancel_booking, booking, at=at, via="online") == code


def test_cancelling_twice_at_once_gives_one_place_back():
    booking = make.booking()
    make.booking(slot=booking.slot)
    stale = Booking.objects.get(pk=booking.pk)
    actions.cancel_booking(booking=booking, at=NOW, via="online")
    with pytest.raises(ValidationError) as refusal:
        actions.cancel_booking(booking=stale, at=NOW, via="online")
    assert (refusal.value.code, stale.status, taken(booking.slot)) == ("already_cancelled", "cancelled", [1])


@pytest.mark.django_db(transaction=True)
def test_many_cancelling_at_once_give_one_place_back(at_once):
    booking = make.booking()
    make.booking(slot=booking.slot)

    def cancel() -> str:
        return actions.cancel_booking(booking=Booking.objects.get(pk=booking.pk), at=NOW, via="online").status

    answers = at_once(*[cancel] * 4)
    codes = sorted(getattr(answer, "code", answer) for answer in answers)
    assert codes == ["already_cancelled"] * 3 + ["cancelled"]
    assert taken(booking.slot) == [1]


@pytest.mark.parametrize("act", [actions.cancel_booking, actions.revoke_booking])
def test_place_of_a_booking_moved_meanwhile_is_given_back_where_it_is_held(act):
    """The page was opened before the move, so the object still names the old slot."""
    booking, clerk = make.booking(), make.clerk()
    make.booking(slot=booking.slot)
    stale = Booking.objects.select_related("slot").get(pk=booking.pk)
    new = later(booking)
    old = booking.slot
    actions.move_booking(booking=booking, slot=new, at=NOW, via="online")
    more = {"via": "online"} if act is actions.cancel_booking else {"by": clerk, "reason": "停电"}
    try:
        act(booking=stale, at=NOW, **more)
    except ValidationError:  # refusing is as good: nobody saw where it is now
        assert taken(old, new) == [1, 1]
    else:
        assert taken(old, new) == [1, 0]


def test_agent_hears_of_a_cancellation_by_staff():
    """The daughter booked for her mother, who has no phone, and the hall cancels for the mother."""
    mandate = make.mandate()
    booking = make.booking(resident=mandate.principal, by=mandate.agent)
    actions.cancel_booking(booking=booking, at=NOW, via="phone", by=make.clerk())
    message = last("booking_cancelled")
    assert (message.channel, message.user) == ("sms", mandate.agent)


# Called off by the hall -------------------------------------------------------------------------------------


def test_called_off_booking_gives_its_place_back_and_says_why():
    booking, clerk = make.booking(), make.clerk()
    actions.revoke_booking(booking=booking, at=NOW, by=clerk, reason="  临时  停电 ")
    booking.refresh_from_db()
    assert (booking.status, booking.reason, taken(booking.slot)) == ("revoked", "临时 停电", [0])
    assert last("booking_revoked").values["reason"] == "临时 停电"
    kept = Record.objects.about(booking).latest("id")
    assert (kept.verb, kept.actor, kept.from_state, kept.to_state, kept.details) == (
        "booking_revoked",
        clerk,
        "booked",
        "revoked",
        {},
    )


@pytest.mark.parametrize(
    ("reason", "code"), [("", "reason_missing"), (" \n ", "reason_missing"), ("长" * 121, "reason_too_long")]
)
def test_calling_off_needs_a_reason(reason, code):
    assert refusal_of(actions.revoke_booking, make.booking(), by=make.clerk(), reason=reason) == code


@pytest.mark.parametrize("status", ENDED)
def test_booking_that_came_to_an_end_is_not_called_off(status):
    code = "already_revoked" if status == "revoked" else "not_possible"
    assert refusal_of(actions.revoke_booking, ended(status), by=make.clerk(), reason="停电") == code


# Moving -----------------------------------------------------------------------------------------------------


def test_moved_booking_keeps_its_code_and_changes_its_place():
    booking = make.booking()
    old, new, code = booking.slot, later(booking, day=2), booking.code
    actions.move_booking(booking=booking, slot=new, at=NOW + SECOND, via="online", by=booking.resident.login)
    booking.refresh_from_db()
    assert (booking.slot, booking.day, booking.status, booking.code) == (new, new.day, "booked", code)
    assert (booking.status_at, booking.booked_at, taken(old, new)) == (NOW + SECOND, NOW, [0, 1])
    kept = Record.objects.about(booking).latest("id")
    assert (kept.verb, kept.actor) == ("booking_moved", booking.resident.login)
    assert kept.details == {"source": old.pk, "target": new.pk, "via": "online"}
    said = last("booking_moved").values
    assert dt.datetime.fromisoformat(said["starts_at"]) == new.starts_at


def test_booking_moved_to_and_fro_is_told_each_time():
    booking = make.booking()
    old, new = booking.slot, later(booking)
    for number, slot in enumerate((new, old, new)):
        actions.move_booking(booking=booking, slot=slot, at=NOW + number * SECOND, via="online")
    assert Message.objects.filter(event="booking_moved").count() == 3
    assert taken(old, new) == [0, 1]


def test_booking_is_moved_online_until_the_deadline_of_its_old_time():
    booking = make.booking(item=make.bookable(cancel_hours=3))
    new, deadline = later(booking, day=5), make.moment(1, 6)
    too_late = {"slot": new, "at": deadline + SECOND}
    assert refusal_of(actions.move_booking, booking, via="online", **too_late) == "too_late"
    actions.move_booking(booking=booking, slot=new, at=deadline, via="online")
    assert booking.slot == new


def test_booking_is_moved_by_staff_until_it_begins_and_to_places_of_theirs():
    booking, clerk = make.booking(), make.clerk()
    new, start = later(booking, channel="counter", day=40), booking.slot.starts_at
    assert (
        refusal_of(actions.move_booking, booking, slot=new, at=start + SECOND, via="phone", by=clerk)
        == "too_late"
    )
    actions.move_booking(booking=booking, slot=new, at=start, via="phone", by=clerk)
    assert booking.slot == new


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"channel": "counter"}, "wrong_slot"),
        ({"day": 15}, "too_far_ahead"),
        ({"closed_by": "staff"}, "slot_closed"),
        ({"closed_by": "timetable"}, "slot_closed"),
        ({"day": 0, "hour": 7}, "slot_past"),
        ({"day": 0, "hour": 8}, "slot_past"),
        ({"capacity": 0}, "full"),
    ],
)
def test_time_that_cannot_be_booked_cannot_be_moved_to(values, code):
    booking = make.booking()
    assert refusal_of(actions.move_booking, booking, slot=later(booking, **values), via="online") == code
    assert taken(booking.slot) == [1]


def test_booking_is_moved_within_its_item_counter_and_community_only():
    booking = make.booking()
    elsewhere = make.slot(of=make.bookable(community=make.community()))
    refusals = {booking.slot: "same_slot", make.slot(): "wrong_slot", elsewhere: "other_community"}
    for slot, code in refusals.items():
        assert refusal_of(actions.move_booking, booking, slot=slot, via="online") == code


def test_item_that_is_no_longer_offered_then_cannot_be_moved():
    booking = make.booking(item=make.bookable(withdrawn_on=make.moment(2, 0).date()))
    assert (
        refusal_of(actions.move_booking, booking, slot=later(booking, day=2), via="online") == "not_bookable"
    )


def test_booking_cannot_be_moved_onto_a_day_that_has_one_already():
    booking = make.booking()
    other_day = later(booking, day=2)
    make.booking(resident=booking.resident, item=booking.item, slot=other_day)
    free = later(booking, day=2, hour=11)
    assert refusal_of(actions.move_booking, booking, slot=free, via="online") == "already_booked"
    assert taken(booking.slot, free) == [1, 0]


@pytest.mark.parametrize("status", ENDED)
def test_booking_that_came_to_an_end_is_not_moved(status):
    booking = ended(status)
    assert refusal_of(actions.move_booking, booking, slot=later(booking), via="online") == "not_possible"


def test_booking_that_was_moved_meanwhile_is_not_moved_from_where_it_no_longer_is():
    booking = make.booking()
    stale, old = Booking.objects.select_related("slot").get(pk=booking.pk), booking.slot
    first, second = later(booking), later(booking, hour=11)
    actions.move_booking(booking=booking, slot=first, at=NOW, via="online")
    with pytest.raises(ValidationError):
        actions.move_booking(booking=stale, slot=second, at=NOW, via="online")
    assert (stale.slot, taken(old, first, second)) == (first, [0, 1, 0])


# Reminders --------------------------------------------------------------------------------------------------

AFTERNOON = make.moment(0, 16)


def booked_yesterday(**values) -> Booking:
    return make.booking(at=NOW - ONE_DAY, **values)


def test_reminder_goes_out_once_the_afternoon_before():
    booking = booked_yesterday()
    assert actions.send_reminders(at=AFTERNOON - SECOND) == 0
    assert [actions.send_reminders(at=AFTERNOON + n * SECOND) for n in range(3)] == [1, 0, 0]
    booking.refresh_from_db()
    message = last("booking_reminder")
    assert (booking.reminded_at, message.resident, message.created_at) == (
        AFTERNOON,
        booking.resident,
        AFTERNOON,
    )
    assert message.values["code"] == booking.code
    assert not Record.objects.about(booking).exclude(verb="booking_made").exists()


def test_reminder_that_comes_late_still_comes_before_midnight():
    booked_yesterday()
    assert actions.send_reminders(at=make.moment(0, 23, 59)) == 1


@pytest.mark.parametrize(("day", "found"), [(0, 0), (1, 1), (2, 0)])
def test_reminder_is_for_tomorrow(day, found):
    item = make.bookable()
    booked_yesterday(item=item, slot=make.slot(of=item, starts_at=make.moment(day, 17)))
    assert actions.send_reminders(at=AFTERNOON) == found


def test_whoever_booked_today_knows():
    make.booking(at=make.moment(0, 0))
    make.booking(at=make.moment(-1, 23, 59))
    assert actions.send_reminders(at=AFTERNOON) == 1


@pytest.mark.parametrize("status", ENDED)
def test_nobody_is_reminded_of_what_came_to_an_end(status):
    booked = booked_yesterday()
    Booking.objects.filter(pk=booked.pk).update(status=status)
    if status in ("cancelled", "revoked"):
        booked.slot.give_back()
    assert actions.send_reminders(at=AFTERNOON) == 0


def test_moved_booking_is_reminded_of_again():
    booking = booked_yesterday()
    assert actions.send_reminders(at=AFTERNOON) == 1
    actions.move_booking(booking=booking, slot=later(booking, day=2), at=AFTERNOON, via="online")
    assert actions.send_reminders(at=AFTERNOON + SECOND) == 0
    assert actions.send_reminders(at=AFTERNOON + ONE_DAY) == 1
    assert Message.objects.filter(event="booking_reminder").count() == 2


def test_agent_is_reminded_where_the_resident_has_no_phone():
    mandate = make.mandate()
    booked_yesterday(resident=mandate.principal, by=mandate.agent)
    actions.send_reminders(at=AFTERNOON)
    assert (last("booking_reminder").user, last("booking_reminder").channel) == (mandate.agent, "sms")


@pytest.mark.django_db(transaction=True)
def test_reminders_by_two_machines_at_once_go_out_once(at_once):
    item = make.bookable()
    for hour in (9, 10, 11):
        booked_yesterday(item=item, slot=make.slot(of=item, starts_at=make.moment(1, hour)))
    assert sum(at_once(*[lambda: actions.send_reminders(at=AFTERNOON)] * 3)) == 3
    assert Message.objects.filter(event="booking_reminder").count() == 3


# In somebody's name ----------------------------------------------------------------------------------------


def changes() -> list[tuple[str, int | None]]:
    kept = Record.objects.filter(verb__in=["booking_moved", "booking_cancelled"]).order_by("id")
    return [(each.verb, each.details.get("mandate")) for each in kept]


def test_changes_in_somebodys_name_are_kept_with_the_mandate():
    mandate = make.mandate(scope="bookings")
    booking = make.booking(resident=mandate.principal, by=mandate.agent)
    actions.move_booking(booking=booking, slot=later(booking), at=NOW, via="online", by=mandate.agent)
    actions.cancel_booking(booking=booking, at=NOW, via="online", by=mandate.agent)
    assert changes() == [("booking_moved", mandate.pk), ("booking_cancelled", mandate.pk)]


def test_changes_by_phone_number_of_who_booked_are_kept_with_the_mandate():
    mandate = make.mandate()
    actions.cancel_booking(
        booking=make.booking(resident=mandate.principal, by=mandate.agent), at=NOW, via="online"
    )
    assert changes() == [("booking_cancelled", mandate.pk)]


def test_changes_by_themselves_or_by_staff_name_no_mandate():
    mandate = make.mandate(principal=make.own_resident())
    slots = [make.slot(starts_at=make.moment(1, hour)) for hour in (9, 10)]
    first, second = (make.booking(resident=mandate.principal, slot=slot, by=mandate.agent) for slot in slots)
    actions.cancel_booking(booking=first, at=NOW, via="online", by=mandate.principal.login)
    actions.cancel_booking(booking=second, at=NOW, via="phone", by=make.clerk())
    assert changes() == [("booking_cancelled", None)] * 2


@pytest.mark.parametrize("right", ["services.view_booking", "services.change_booking"])
def test_staff_change_nothing_online(right):
    """There they would pass for the resident; over the counter and by phone it is recorded as theirs."""
    booking, by = make.booking(), make.staff(right)
    new = later(booking)
    assert refusal_of(actions.cancel_booking, booking, via="online", by=by) == "not_allowed"
    assert refusal_of(actions.move_booking, booking, slot=new, via="online", by=by) == "not_allowed"


def test_changes_under_a_mandate_that_ended_meanwhile_are_refused():
    mandate = make.mandate()
    booking = make.booking(resident=mandate.principal, by=mandate.agent)
    mandate.valid_until = NOW.date() - ONE_DAY
    mandate.save()
    code = refusal_of(actions.cancel_booking, Booking.objects.get(pk=booking.pk), via="online")
    assert (code, changes()) == ("not_allowed", [])
