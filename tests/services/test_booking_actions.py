"""Booking: what is refused, who may book for whom, what is written, who is told."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from circle.models import Mandate, Message, Record
from services import actions
from services.models import Booking, Slot
from tests import make

pytestmark = pytest.mark.django_db

NOW = make.MORNING
TODAY = NOW.date()
ONE_DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    """Posts and mandates are asked for as of today."""
    with time_machine.travel(NOW, tick=False):
        yield


def rows() -> list:
    """Everything that a refused booking must leave as it was."""
    return [list(model.objects.order_by("pk").values()) for model in (Booking, Slot, Message, Record)]


def refusal_of(**values) -> str:
    """The code, after making sure that nothing is left of the attempt."""
    if "slot" not in values:
        values["slot"] = make.slot(of=values.get("item"))
    if "item" not in values:
        values["item"] = values["slot"].counter.items.first()
    if "resident" not in values:
        values["resident"] = make.own_resident(community=values["slot"].community)
    values.setdefault("by", values["resident"].login)
    before = rows()
    with pytest.raises(ValidationError) as refusal:
        make.booking(**values)
    assert rows() == before
    return refusal.value.code


# What is written --------------------------------------------------------------------------------------------


def test_booking_keeps_who_what_when_and_how():
    resident, slot = make.own_resident(), make.slot()
    booking = make.booking(slot=slot, resident=resident)
    booking.refresh_from_db()
    assert (booking.resident, booking.slot, booking.item) == (resident, slot, slot.counter.items.get())
    assert (booking.community, booking.day) == (slot.community, TODAY + ONE_DAY)
    assert (booking.status, booking.status_at, booking.booked_at) == ("booked", NOW, NOW)
    assert (booking.via, booking.booked_by, booking.mandate) == ("online", resident.login, None)
    assert (len(booking.code), booking.reason, booking.reminded_at) == (8, "", None)
    assert Slot.objects.get().taken == 1


def test_booking_is_recorded_by_ids_and_codes_only():
    booking = make.booking()
    kept = Record.objects.about(booking).get()
    assert (kept.verb, kept.actor, kept.at, kept.community) == (
        "booking_made",
        booking.booked_by,
        NOW,
        booking.community,
    )
    assert (kept.from_state, kept.to_state) == ("", "booked")
    assert kept.details == {"slot": booking.slot_id, "via": "online"}


def test_booking_is_told_in_the_same_transaction():
    booking = make.booking()
    message = Message.objects.get()
    assert (message.event, message.resident, message.channel) == ("booking_made", booking.resident, "sms")
    assert message.values["code"] == booking.code
    assert dt.datetime.fromisoformat(message.values["starts_at"]) == booking.slot.starts_at
    assert message.values["item"] == booking.item.name_zh
    assert message.values["place"] == booking.slot.counter.facility.name_zh


def test_last_place_can_be_booked_and_no_further_one():
    slot = make.slot(capacity=1)
    make.booking(slot=slot)
    assert refusal_of(slot=slot) == "full"


# What is refused --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "values",
    [
        {"is_bookable": False},
        {"status": "paused"},
        {"status": "draft"},
        {"introduced_on": TODAY + 2 * ONE_DAY},
        {"withdrawn_on": TODAY + ONE_DAY},
    ],
)
def test_item_that_is_not_offered_on_that_day_is_refused(values):
    assert refusal_of(item=make.bookable(**values)) == "not_bookable"


def test_item_is_booked_from_its_first_day_to_its_last():
    item = make.bookable(introduced_on=TODAY + ONE_DAY, withdrawn_on=TODAY + 2 * ONE_DAY)
    assert make.booking(item=item).day == TODAY + ONE_DAY
    late = make.slot(of=item, starts_at=make.moment(2, 9))
    assert refusal_of(item=item, slot=late) == "not_bookable"


def test_places_kept_for_phone_and_window_are_not_booked_online():
    slot = make.slot(channel="counter")
    assert refusal_of(slot=slot) == "wrong_slot"
    for via in ("phone", "window"):
        assert make.booking(slot=slot, via=via, by=make.clerk()).via == via


def test_staff_may_give_an_online_place_on_the_phone():
    assert make.booking(via="phone", by=make.clerk()).slot.channel == "online"


def test_item_of_another_counter_is_refused():
    assert refusal_of(item=make.bookable(), slot=make.slot()) == "wrong_slot"


def test_counter_that_takes_no_bookings_is_refused():
    item = make.bookable()
    item.counters.update(is_active=False)
    assert refusal_of(item=item) == "wrong_slot"


def test_item_slot_and_resident_belong_to_one_community():
    make.community()
    elsewhere = make.slot(of=make.bookable(community=make.community()))
    assert refusal_of(item=make.bookable(), slot=elsewhere) == "other_community"
    assert refusal_of(resident=make.own_resident(community=make.community())) == "other_community"


def test_online_booking_reaches_as_far_ahead_as_the_item_says():
    item = make.bookable(book_days_ahead=3)
    last, beyond = (make.slot(of=item, starts_at=make.moment(day, 9)) for day in (3, 4))
    assert make.booking(item=item, slot=last).day == TODAY + 3 * ONE_DAY
    assert refusal_of(item=item, slot=beyond) == "too_far_ahead"
    assert make.booking(item=item, slot=beyond, via="phone", by=make.clerk()).day == TODAY + 4 * ONE_DAY


def test_days_ahead_are_counted_in_shanghai():
    item = make.bookable(book_days_ahead=1)
    slot = make.slot(of=item, starts_at=make.moment(2, 9))
    assert refusal_of(item=item, slot=slot, at=make.moment(0, 23, 59)) == "too_far_ahead"
    assert make.booking(item=item, slot=slot, at=make.moment(1, 0)).day == slot.day


def test_nothing_is_booked_for_the_dead():
    resident = make.own_resident(died_on=TODAY)
    assert refusal_of(resident=resident) == "resident_gone"
    assert refusal_of(resident=resident, via="phone", by=make.clerk()) == "resident_gone"


@pytest.mark.parametrize("closed_by", ["staff", "timetable"])
def test_closed_slot_is_refused_even_when_it_is_full(closed_by):
    assert refusal_of(slot=make.slot(closed_by=closed_by)) == "slot_closed"
    assert refusal_of(slot=make.slot(closed_by=closed_by, capacity=0)) == "slot_closed"


def test_slot_is_booked_until_it_begins():
    slot = make.slot()
    assert make.booking(slot=slot, at=slot.starts_at - dt.timedelta(seconds=1)).slot == slot
    assert refusal_of(slot=slot, at=slot.starts_at) == "slot_past"
    assert refusal_of(slot=slot, at=slot.starts_at, via="phone", by=make.clerk()) == "slot_past"


def test_slot_that_was_closed_since_the_page_was_shown_is_refused():
    slot = make.slot()
    shown = Slot.objects.get(pk=slot.pk)
    actions.close_slot(slot=slot, at=NOW, by=make.clerk())
    assert shown.is_open
    assert refusal_of(slot=shown) == "slot_closed"


# One live booking per person, item and day ------------------------------------------------------------------


def test_same_person_item_and_day_is_booked_once():
    first = make.booking()
    later = make.slot(of=first.item, starts_at=make.moment(1, 10))
    again = {"resident": first.resident, "item": first.item}
    assert refusal_of(slot=first.slot, **again) == "already_booked"
    assert refusal_of(slot=later, **again) == "already_booked"
    assert refusal_of(slot=later, via="phone", by=make.clerk(), **again) == "already_booked"


@pytest.mark.parametrize("status", Booking.Status.values)
def test_only_a_live_booking_stands_in_the_way(status):
    first = make.booking()
    Booking.objects.filter(pk=first.pk).update(status=status)
    if status in ("cancelled", "revoked"):
        first.slot.give_back()
    again = {"resident": first.resident, "item": first.item, "slot": first.slot}
    if status in ("booked", "arrived"):
        assert refusal_of(**again) == "already_booked"
    else:
        assert make.booking(**again).status == "booked"


def test_other_days_items_and_people_are_free():
    first = make.booking()
    other_day = make.slot(of=first.item, starts_at=make.moment(2, 9))
    make.booking(resident=first.resident, item=first.item, slot=other_day)
    make.booking(resident=first.resident, slot=make.slot(starts_at=make.moment(1, 10)))
    make.booking(item=first.item, slot=first.slot)
    assert Booking.objects.count() == 4


def test_database_itself_refuses_a_second_live_booking():
    first = make.booking()
    columns = ("community", "slot", "item", "resident", "day", "status_at", "via", "booked_at")
    with pytest.raises(IntegrityError), transaction.atomic():
        Booking.objects.create(**{name: getattr(first, name) for name in columns})


@pytest.mark.django_db(transaction=True)
def test_same_person_booking_two_times_at_once_gets_one(at_once):
    item, resident = make.bookable(), make.own_resident()
    slots = [make.slot(of=item, starts_at=make.moment(1, 9 + number)).pk for number in range(4)]

    def book(slot: int) -> str:
        return make.booking(item=item, resident=resident, slot=Slot.objects.get(pk=slot)).status

    answers = at_once(*[lambda slot=slot: book(slot) for slot in slots])
    codes = sorted(getattr(answer, "code", answer) for answer in answers)
    assert codes == ["already_booked"] * 3 + ["booked"]
    assert sum(Slot.objects.values_list("taken", flat=True)) == 1
    assert Message.objects.count() == Record.objects.count() == 1


# Who may book for whom --------------------------------------------------------------------------------------


def test_one_books_for_oneself_and_not_for_a_stranger():
    assert make.booking().mandate is None
    assert refusal_of(resident=make.own_resident(), by=make.resident_login()) == "not_allowed"


def test_one_books_for_a_resident_whom_staff_registered_with_ones_phone():
    login = make.resident_login("13800138000")
    booking = make.booking(resident=make.resident(phone="13800138000"), by=login)
    assert (booking.booked_by, booking.mandate) == (login, None)
    unproved = make.resident_login("13900139000", phone_verified_at=None)
    assert refusal_of(resident=make.resident(phone="13900139000"), by=unproved) == "not_allowed"


@pytest.mark.parametrize("scope", ["all", "bookings"])
def test_agent_books_under_the_mandate(scope):
    mandate = make.mandate(scope=scope, valid_until=TODAY)
    booking = make.booking(resident=mandate.principal, by=mandate.agent)
    assert (booking.mandate, booking.booked_by) == (mandate, mandate.agent)


@pytest.mark.parametrize(
    "values",
    [
        {"scope": "meals"},
        {"valid_until": TODAY - ONE_DAY},
        {"valid_from": TODAY + ONE_DAY},
        {"revoked_at": NOW - ONE_DAY},
    ],
)
def test_mandate_that_does_not_hold_is_refused(values):
    mandate = make.mandate(**values)
    assert refusal_of(resident=mandate.principal, by=mandate.agent) == "not_allowed"


def test_mandate_of_one_person_opens_no_other():
    mandate = make.mandate()
    assert refusal_of(resident=make.resident(), by=mandate.agent) == "not_allowed"
    assert refusal_of(resident=make.own_resident(), by=mandate.agent) == "not_allowed"


def test_mandate_named_in_a_booking_is_the_one_that_holds():
    ended = make.mandate(revoked_at=NOW)
    holds = make.mandate(principal=ended.principal, agent=ended.agent)
    make.mandate(principal=ended.principal, agent=ended.agent, scope="meals")
    booking = make.booking(resident=ended.principal, by=ended.agent)
    assert booking.mandate == holds
    assert Mandate.objects.count() == 3


@pytest.mark.parametrize("via", ["phone", "window"])
@pytest.mark.parametrize("role", ["hall_clerk", "director"])
def test_staff_book_for_anybody_of_their_community(via, role):
    clerk = make.post(role).user
    booking = make.booking(resident=make.resident(), via=via, by=clerk)
    assert (booking.via, booking.booked_by, booking.mandate) == (via, clerk, None)


def test_staff_of_another_community_or_another_time_may_not():
    here = make.here()
    for by in (
        make.clerk(community=make.community()),
        make.clerk(community=here, ends_on=TODAY - ONE_DAY),
        make.clerk(community=here, starts_on=TODAY + ONE_DAY),
        make.staff("services.view_booking"),
        make.resident_login(),
    ):
        assert refusal_of(resident=make.resident(), via="phone", by=by) == "not_allowed"


def test_resident_may_not_claim_to_be_on_the_phone():
    assert refusal_of(via="phone") == refusal_of(via="window") == refusal_of(via="walk_in") == "not_allowed"


def test_clerk_may_not_book_online_for_somebody():
    assert refusal_of(by=make.clerk()) == "not_allowed"


# Who is told ------------------------------------------------------------------------------------------------


def told() -> tuple:
    message = Message.objects.get()
    return message.channel, message.user


def test_resident_with_a_phone_is_told_whoever_booked():
    mandate = make.mandate(principal=make.resident(phone=make.mobile()))
    make.booking(resident=mandate.principal, by=mandate.agent)
    assert told() == ("sms", None)


def test_agent_is_told_where_the_resident_has_no_phone():
    mandate = make.mandate()
    make.booking(resident=mandate.principal, by=mandate.agent)
    assert told() == ("sms", mandate.agent)


def test_agent_is_told_where_the_resident_has_a_landline_only():
    mandate = make.mandate(principal=make.resident(phone="085185123456"))
    make.booking(resident=mandate.principal, by=mandate.agent)
    assert told() == ("sms", mandate.agent)


@pytest.mark.parametrize("change", [{"revoked_at": NOW}, {"valid_until": TODAY - ONE_DAY}])
def test_former_agent_hears_and_sees_nothing_more(change):
    """The principal may end a mandate at any time; from then on it is nobody else's business."""
    mandate = make.mandate()
    booking = make.booking(resident=mandate.principal, by=mandate.agent)
    assert Booking.objects.proved_by(mandate.agent.phone, booking.code).get() == booking
    Mandate.objects.filter(pk=mandate.pk).update(**change)
    booking = Booking.objects.get(pk=booking.pk)
    actions.cancel_booking(booking=booking, at=NOW, via="phone", by=make.clerk())
    message = Message.objects.get(event="booking_cancelled")
    assert (message.channel, message.user) == ("desk", None)
    assert not Booking.objects.proved_by(mandate.agent.phone, booking.code).exists()


def test_staff_tell_a_resident_whom_nothing_reaches():
    make.booking(resident=make.resident(), via="phone", by=make.clerk())
    assert told() == ("desk", None)


def test_resident_is_told_in_their_language():
    booking = make.booking(resident=make.own_resident(language="en"))
    assert Message.objects.get().values["item"] == booking.item.name_en
