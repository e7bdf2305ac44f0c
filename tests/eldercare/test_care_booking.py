"""Asking for care: by the elder, in somebody's name, by staff; and what is refused."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from circle.models import Message, Record
from eldercare import actions
from eldercare.actions import Answers
from eldercare.models import CareBooking, CareSlot
from tests import make
from tests import make_eldercare as care

pytestmark = pytest.mark.django_db
AT = make.MORNING


def asked(slot: CareSlot, elder, **values) -> dict:
    """What `book` takes, online by the elder unless told otherwise."""
    said = {"kind": slot.kind, "slot": slot, "resident": elder, "answers": Answers(), "via": "online"}
    return said | {"at": AT, "by": elder.login} | values


@pytest.fixture
def slot():
    return care.slot()


@pytest.fixture
def elder(slot):
    return make.own_resident()


def test_booking_holds_the_place_and_waits_for_the_coordinator(slot, elder):
    booking = actions.book_slot(**asked(slot, elder))
    slot.refresh_from_db()
    assert (booking.status, booking.day, booking.starts_at) == ("requested", slot.day, slot.starts_at)
    assert slot.taken == 1
    [record] = Record.objects.about(booking)
    assert (record.verb, record.details) == ("care_requested", {"kind": slot.kind.code, "via": "online"})
    [message] = Message.objects.filter(event="care_requested")
    assert (message.resident, message.values["code"]) == (elder, booking.code)


def test_booking_in_somebodys_name_keeps_the_mandate_and_tells_the_agent(slot):
    mandate = make.mandate(scope="bookings")
    booking = actions.book_slot(**asked(slot, mandate.principal, by=mandate.agent))
    assert (booking.mandate, booking.booked_by) == (mandate, mandate.agent)
    assert Message.objects.get().user == mandate.agent
    actions.cancel_booking(booking=booking, at=make.MORNING, via="online", by=mandate.agent)
    kept = Record.objects.about(booking).get(verb="care_cancelled")
    assert kept.details == {"via": "online", "mandate": mandate.pk}


def test_staff_book_on_the_phone_for_who_has_none(slot):
    boss, grandma = care.coordinator(), make.resident()
    booking = actions.book_slot(**asked(slot, grandma, via="phone", by=boss))
    assert (booking.via, booking.booked_by, booking.mandate) == ("phone", boss, None)
    assert Message.objects.get().channel == "desk"


def test_answers_are_kept(elder):
    kind = care.kind(is_at_home=True)
    care.question(kind=kind, code="fever")
    care.question(kind=kind, code="chair", sort="need")
    building = make.building()
    answers = Answers(["chair"], ["fever"], "  请走  东门 ", building, " 2-501 ", consents=True)
    booking = actions.book_slot(**asked(care.slot(kind=kind), elder, answers=answers))
    assert (booking.needs, booking.conditions, booking.note) == (["chair"], ["fever"], "请走 东门")
    assert (booking.building, booking.door) == (building, "2-501")


# Refused ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (Answers(["chair"], ["fever"], "", None, "2-501"), "address_missing"),
        (Answers(["chair"], [], "", None, "2-501"), "precondition"),
        (Answers(["wings"], ["fever"]), "need_unknown"),
        (Answers([], ["fever"], "长" * 201), "note_too_long"),
    ],
)
def test_answers_that_will_not_do_are_refused(refusal, elder, answers, code):
    kind = care.kind(is_at_home=True)
    care.question(kind=kind, code="fever")
    care.question(kind=kind, code="chair", sort="need")
    slot = care.slot(kind=kind)
    assert refusal(actions.book_slot, **asked(slot, elder, answers=answers)) == code
    slot.refresh_from_db()
    assert slot.taken == 0


def test_building_of_another_community_is_refused(refusal, elder):
    slot = care.slot(kind=care.kind(is_at_home=True))
    answers = Answers(building=make.building(community=make.community()), door="1")
    assert refusal(actions.book_slot, **asked(slot, elder, answers=answers)) == "other_community"


def test_question_that_is_switched_off_is_not_asked(elder):
    kind = care.kind()
    care.question(kind=kind, is_active=False)
    assert actions.book_slot(**asked(care.slot(kind=kind), elder)).conditions == []


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"capacity": 0}, "full"),
        ({"closed_by": "staff"}, "slot_closed"),
        ({"starts_at": make.moment(0, 7)}, "slot_past"),
        ({"starts_at": make.moment(40, 9)}, "too_far_ahead"),
    ],
)
def test_time_that_cannot_be_had_is_refused(refusal, elder, values, code):
    assert refusal(actions.book_slot, **asked(care.slot(kind=care.kind(), **values), elder)) == code


def test_staff_may_book_further_ahead(elder):
    slot = care.slot(starts_at=make.moment(40, 9))
    assert actions.book_slot(**asked(slot, elder, via="phone", by=care.coordinator())).pk


@pytest.mark.parametrize("values", [{"is_active": False}, {"way": "request"}, {"way": "emergency"}])
def test_kind_that_is_not_booked_is_refused(refusal, elder, values):
    slot = care.slot(kind=care.kind(**values))
    assert refusal(actions.book_slot, **asked(slot, elder)) == "not_bookable"


def test_time_of_another_kind_is_refused(refusal, slot, elder):
    assert refusal(actions.book_slot, **asked(slot, elder, kind=care.kind())) == "wrong_slot"


def test_people_one_may_not_act_for_are_refused(refusal, slot, elder):
    stranger = make.resident()
    elsewhere = make.resident(community=make.community(), login=elder.login)
    gone = make.resident(login=elder.login, died_on=dt.date(2026, 1, 1))
    for person, code in ((stranger, "not_allowed"), (elsewhere, "other_community"), (gone, "resident_gone")):
        assert refusal(actions.book_slot, **asked(slot, person, by=elder.login)) == code


@pytest.mark.parametrize("role", ["nurse", "canteen", "volunteer_leader", "care_worker"])
def test_staff_of_other_posts_may_not_book(refusal, slot, role):
    by = make.post(role).user
    assert refusal(actions.book_slot, **asked(slot, make.resident(), via="phone", by=by)) == "not_allowed"


def test_second_one_of_a_kind_and_day_is_refused(refusal, slot, elder):
    actions.book_slot(**asked(slot, elder))
    later = care.slot(kind=slot.kind, starts_at=make.moment(1, 11))
    assert refusal(actions.book_slot, **asked(later, elder)) == "already_booked"
    later.refresh_from_db()
    assert later.taken == 0


def test_two_kinds_at_one_time_are_refused(refusal, slot, elder):
    actions.book_slot(**asked(slot, elder))
    assert refusal(actions.book_slot, **asked(care.slot(), elder)) == "busy"


def test_who_cancelled_may_book_again(slot, elder):
    first = actions.book_slot(**asked(slot, elder))
    actions.cancel_booking(booking=first, at=AT, via="online", by=elder.login)
    assert actions.book_slot(**asked(slot, elder)).pk != first.pk


# Requests ---------------------------------------------------------------------------------------------------


def test_request_may_name_a_day_or_leave_it_open():
    open_one = care.request()
    dated = care.request(day=dt.date(2026, 11, 26))
    assert [(row.day, row.slot, row.status) for row in (open_one, dated)] == [
        (None, None, "requested"),
        (dt.date(2026, 11, 26), None, "requested"),
    ]


@pytest.mark.parametrize(
    ("day", "code"), [(dt.date(2026, 11, 23), "day_past"), (dt.date(2027, 11, 23), "too_far_ahead")]
)
def test_request_for_an_impossible_day_is_refused(refusal, day, code):
    assert refusal(care.request, day=day) == code


@pytest.mark.parametrize("day", [None, dt.date(2026, 11, 26)])
def test_second_request_is_refused(refusal, day):
    first = care.request(day=day)
    again = {"kind": first.kind, "resident": first.resident, "day": day}
    assert refusal(care.request, **again) == "already_booked"


def test_booking_of_a_requested_kind_is_refused(refusal):
    assert refusal(care.request, kind=care.kind()) == "not_bookable"


# Cancelled and called off -----------------------------------------------------------------------------------


def test_cancel_gives_the_place_back_and_tells(refusal):
    booking = care.booking()
    done = {"booking": booking, "at": AT, "via": "online", "by": booking.resident.login}
    actions.cancel_booking(**done)
    assert (booking.status, CareSlot.objects.get().taken) == ("cancelled", 0)
    assert Message.objects.filter(event="care_cancelled").count() == 1
    assert refusal(actions.cancel_booking, **done) == "already_cancelled"


def test_cancel_online_ends_before_the_time_and_staff_still_may(refusal):
    booking = care.booking()
    late = booking.starts_at - dt.timedelta(hours=booking.kind.cancel_hours) + dt.timedelta(seconds=1)
    her = booking.resident.login
    assert refusal(actions.cancel_booking, booking=booking, at=late, via="online", by=her) == "too_late"
    actions.cancel_booking(booking=booking, at=late, via="phone", by=care.coordinator())
    assert booking.status == "cancelled"


def test_request_is_cancelled_at_any_moment():
    request = care.request()
    actions.cancel_booking(
        booking=request, at=AT + dt.timedelta(days=30), via="online", by=request.resident.login
    )
    assert request.status == "cancelled"


def test_revoke_needs_a_reason_and_tells_it(refusal):
    booking, boss = care.confirmed(), care.coordinator()
    assert refusal(actions.revoke_booking, booking=booking, at=AT, by=boss, reason=" ") == "reason_missing"
    actions.revoke_booking(booking=booking, at=AT, by=boss, reason="停水")
    assert (booking.status, booking.reason, CareSlot.objects.get().taken) == ("revoked", "停水", 0)
    assert Message.objects.get(event="care_revoked").values["reason"] == "停水"


# Reminders --------------------------------------------------------------------------------------------------


def test_reminder_goes_out_once_the_day_before_for_what_is_confirmed():
    confirmed = care.confirmed(at=AT - dt.timedelta(days=1))
    care.booking(at=AT - dt.timedelta(days=1), slot=care.slot(starts_at=make.moment(1, 14)))
    at = make.moment(0, 16)
    assert [actions.send_reminders(at=each) for each in (AT, at, at)] == [0, 1, 0]
    [message] = Message.objects.filter(event="care_reminder")
    assert message.values["code"] == confirmed.code


# What the database itself keeps -----------------------------------------------------------------------------


@pytest.mark.planted
@pytest.mark.parametrize(
    "columns",
    [
        {"status": "assigned", "assigned_to": None},
        {"status": "done"},
        {"status": "not_home"},
        {"slot": None},
        {"starts_at": None},
        {"way": "request"},
        {"day": None},
        {"status": "revoked"},
        {"outcome": "在家"},
    ],
)
def test_database_refuses_what_no_action_does(columns):
    booking = care.confirmed()
    with pytest.raises(IntegrityError), transaction.atomic():
        CareBooking.objects.filter(pk=booking.pk).update(**columns)


@pytest.mark.planted
def test_database_keeps_one_of_a_kind_a_day_one_a_time_and_one_open_request():
    booking, request = care.booking(), care.request()
    copy = {"community": booking.community, "resident": booking.resident, "status_at": AT, "booked_at": AT}
    copy |= {"via": "phone", "booked_by": booking.booked_by, "day": booking.day, "way": "booking"}
    other = care.slot(kind=booking.kind, starts_at=make.moment(1, 11))
    same_time = care.slot(starts_at=booking.starts_at)
    for row in (
        copy | {"kind": booking.kind, "slot": other, "starts_at": other.starts_at},
        copy | {"kind": same_time.kind, "slot": same_time, "starts_at": same_time.starts_at},
        copy | {"kind": request.kind, "resident": request.resident, "day": None, "way": "request"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            CareBooking.objects.create(**row)
