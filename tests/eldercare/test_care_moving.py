"""Care gets another time: moved by its person, by phone and code, by staff; and its calendar file."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from icalendar import Calendar

from circle.models import Message, Record
from circle.notifications.still_true import find_untrue
from eldercare import actions
from eldercare.hooks.schedule import find_violations
from eldercare.models import CareBooking
from tests import make
from tests import make_eldercare as care

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
AT = make.MORNING


@pytest.fixture
def booking():
    """Tomorrow at nine."""
    return care.booking()


@pytest.fixture
def later(booking):
    return care.slot(kind=booking.kind, starts_at=make.moment(2, 10), capacity=1)


def address(booking: CareBooking, page: str = "") -> str:
    return f"/eldercare/bookings/{booking.code}/{page}"


def move(booking: CareBooking, **values) -> CareBooking:
    said = {"booking": booking, "at": AT, "via": "online", "by": booking.resident.login}
    return actions.move_booking(**said | values)


def code_of(booking: CareBooking, **values) -> str:
    with pytest.raises(ValidationError) as refusal:
        move(booking, **values)
    booking.refresh_from_db()
    return refusal.value.code


def messages(event: str) -> list[Message]:
    return list(Message.objects.filter(event=event))


def moment_of(message: Message) -> dt.datetime:
    return dt.datetime.fromisoformat(message.values["starts_at"])


# Moving -----------------------------------------------------------------------------------------------------


def test_moved_care_keeps_its_code_and_waits_to_be_confirmed(booking, later):
    first, code = booking.slot, booking.code
    actions.confirm_booking(booking=booking, at=AT, by=care.coordinator(community=booking.community))
    move(booking, slot=later)
    booking.refresh_from_db()
    assert (booking.code, booking.status, booking.slot) == (code, "requested", later)
    assert (booking.day, booking.starts_at) == (later.day, later.starts_at)
    first.refresh_from_db()
    later.refresh_from_db()
    assert (first.taken, later.taken) == (0, 1)
    assert list(find_violations()) == []
    record = Record.objects.get(verb="care_moved")
    assert (record.details["source"], record.details["target"]) == (first.pk, later.pk)
    [told] = messages("care_moved")
    assert moment_of(told) == later.starts_at


def test_staff_move_it_and_it_is_confirmed(booking, later):
    move(booking, slot=later, via="phone", by=care.coordinator(community=booking.community))
    assert booking.status == "confirmed"


def test_who_was_assigned_is_free_again_and_told(later, booking):
    worker = care.care_worker(community=booking.community)
    boss = care.coordinator(community=booking.community)
    actions.confirm_booking(booking=booking, at=AT, by=boss)
    actions.assign_worker(booking=booking, worker=worker, at=AT, by=boss)
    before = booking.starts_at
    move(booking, slot=later)
    booking.refresh_from_db()
    assert (booking.assigned_to, booking.status) == (None, "requested")
    [told] = messages("care_visit_off")
    assert (told.user, moment_of(told)) == (worker, before)


def test_moves_that_do_not_fit_are_refused(booking, later):
    other = care.slot(starts_at=make.moment(2, 10))
    assert code_of(booking, slot=booking.slot) == "same_slot"
    assert code_of(booking, slot=other) == "wrong_slot"
    assert code_of(booking) == "slot_missing"
    far = care.slot(kind=booking.kind, starts_at=make.moment(booking.kind.days_ahead + 1, 10))
    assert code_of(booking, slot=far) == "too_far_ahead"
    actions.close_slot(slot=later, at=AT, by=care.coordinator())
    assert code_of(booking, slot=later) == "slot_closed"
    past = care.slot(kind=booking.kind, starts_at=AT - dt.timedelta(hours=1))
    assert code_of(booking, slot=past) == "slot_past"
    assert (booking.status, booking.slot.taken) == ("requested", 1)
    assert not messages("care_moved")


def test_full_time_leaves_it_where_it_was(booking, later):
    care.booking(slot=later)
    assert code_of(booking, slot=later) == "full"
    assert booking.starts_at == make.moment(1, 9)
    assert list(find_violations()) == []


def test_two_things_at_one_time_and_one_kind_twice_a_day_are_refused(booking, later):
    busy = care.booking(resident=booking.resident, slot=care.slot(starts_at=later.starts_at))
    assert code_of(booking, slot=later) == "busy"
    actions.cancel_booking(booking=busy, at=AT, via="online", by=booking.resident.login)
    care.booking(resident=booking.resident, slot=care.slot(kind=booking.kind, starts_at=make.moment(2, 14)))
    assert code_of(booking, slot=later) == "already_booked"


def test_what_is_over_or_too_late_is_not_moved(booking, later):
    booking.kind.cancel_hours = 12
    booking.kind.save()
    evening = make.moment(0, 22)
    assert code_of(booking, slot=later, at=evening) == "too_late"
    move(booking, slot=later, at=evening, via="phone", by=care.coordinator(community=booking.community))
    actions.cancel_booking(booking=booking, at=AT, via="online", by=booking.resident.login)
    assert code_of(booking, slot=care.slot(kind=booking.kind, starts_at=make.moment(3, 9))) == "not_possible"


def test_stranger_may_not_move_it(booking, later):
    assert code_of(booking, slot=later, by=make.own_resident().login) == "not_allowed"


def test_request_gets_another_day():
    request = care.request(day=make.moment(1, 9).date())
    other = make.moment(2, 9).date()
    assert code_of(request, day=request.day) == "same_slot"
    assert code_of(request) == "day_missing"
    assert code_of(request, day=AT.date() - dt.timedelta(days=1)) == "day_past"
    make.closure(facility=request.kind.facility, starts_on=other, ends_on=other)
    assert code_of(request, day=other) == "day_closed"
    move(request, day=other + dt.timedelta(days=1))
    request.refresh_from_db()
    assert (request.day, request.status) == (other + dt.timedelta(days=1), "requested")


# Its pages --------------------------------------------------------------------------------------------------

PAGES = ["", "cancel/", "move/", "calendar.ics", "?print=1"]


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_shown_to_its_person_and_to_nobody_else(client, booking, page):
    asked = client.get(address(booking, page))
    assert asked["Location"] == f"/eldercare/bookings/?code={booking.code}"
    client.force_login(make.own_resident().login)
    assert client.get(address(booking, page)).status_code == 404
    client.force_login(care.coordinator(community=booking.community))
    assert client.get(address(booking, page)).status_code == 404
    client.force_login(booking.resident.login)
    assert client.get(address(booking, page)).status_code == 200


def test_person_moves_it_on_the_page(client, booking, later):
    client.force_login(booking.resident.login)
    assert str(later.code) in client.get(address(booking, "move/"), {"day": later.day.isoformat()}).text
    assert client.post(address(booking, "move/"), {"slot": later.code})["Location"].endswith(
        booking.get_absolute_url()
    )
    booking.refresh_from_db()
    assert booking.slot == later


def test_request_is_moved_on_the_page(client):
    request = care.request(day=make.moment(1, 9).date())
    client.force_login(request.resident.login)
    assert client.get(address(request, "move/")).status_code == 200
    assert client.post(address(request, "move/"), {"day": "2026-02-30"}).status_code == 422
    client.post(address(request, "move/"), {"day": make.moment(3, 9).date().isoformat()})
    request.refresh_from_db()
    assert request.day == make.moment(3, 9).date()


def test_phone_and_code_are_enough_to_see_move_and_cancel(client, booking, later):
    sent = {"phone": booking.resident.phone, "code": booking.code.lower()}
    assert client.post("/eldercare/bookings/", sent | {"phone": "13900000009"}).status_code == 422
    assert Record.objects.get(verb="booking_found_refused").subject_id == booking.pk
    assert client.post("/eldercare/bookings/", sent)["Location"] == address(booking)
    assert booking.code in client.get(address(booking)).text
    client.post(address(booking, "move/"), {"slot": later.code})
    client.post(address(booking, "cancel/"))
    booking.refresh_from_db()
    assert (booking.slot, booking.status) == (later, "cancelled")
    assert Record.objects.get(verb="care_cancelled").actor is None
    client.post("/eldercare/bookings/forget/")
    assert client.get(address(booking)).status_code == 302


@pytest.mark.parametrize("page", ["", "?print=1"])
def test_phone_and_code_do_not_show_the_answers_about_health(client, page):
    kind = care.kind()
    need = care.question(kind=kind, sort="need", text_zh="膝盖不好要扶")
    told = care.Answers(needs=[need.code], note="有高血压")
    found = care.booking(slot=care.slot(kind=kind), answers=told)
    client.post("/eldercare/bookings/", {"phone": found.resident.phone, "code": found.code})
    shown = client.get(address(found, page)).text
    assert found.code in shown
    assert ("膝盖不好要扶" in shown, "有高血压" in shown) == (False, False)
    client.force_login(found.resident.login)
    shown = client.get(address(found, page)).text
    assert ("膝盖不好要扶" in shown, "有高血压" in shown) == (True, True)


def test_codes_of_the_hall_are_not_found_here(client):
    hall = make.booking()
    sent = {"phone": hall.resident.phone, "code": hall.code}
    assert client.post("/eldercare/bookings/", sent).status_code == 422


def test_staff_move_it_in_the_back_office(client, booking, later):
    client.force_login(care.coordinator(community=booking.community))
    ask = f"/admin/eldercare/carebooking/ask/{booking.code}/move/"
    assert str(later.code) in client.get(ask, {"day": later.day.isoformat()}).text
    do = f"/admin/eldercare/carebooking/do/{booking.code}/"
    assert client.post(do, {"verb": "move", "slot": "nothing"}).status_code == 422
    assert client.post(do, {"verb": "move", "slot": later.code}).status_code == 302
    booking.refresh_from_db()
    assert (booking.slot, booking.status) == (later, "confirmed")


def test_staff_move_a_request_to_another_day(client):
    request, day = care.request(day=make.moment(1, 9).date()), make.moment(3, 9).date()
    client.force_login(care.coordinator(community=request.community))
    do = f"/admin/eldercare/carebooking/do/{request.code}/"
    assert client.get(f"/admin/eldercare/carebooking/ask/{request.code}/move/").status_code == 200
    assert client.post(do, {"verb": "move", "day": "2026-02-30"}).status_code == 422
    assert client.post(do, {"verb": "move", "day": day.isoformat()}).status_code == 302
    request.refresh_from_db()
    assert (request.day, request.status) == (day, "confirmed")


# The calendar file ------------------------------------------------------------------------------------------


def entry(client, booking: CareBooking):
    client.force_login(booking.resident.login)
    [event] = Calendar.from_ical(client.get(address(booking, "calendar.ics")).content).walk("VEVENT")
    return event


def test_calendar_file_says_whether_it_is_confirmed(client, booking):
    assert str(entry(client, booking)["status"]) == "TENTATIVE"
    boss = care.coordinator(community=booking.community)
    actions.confirm_booking(booking=booking, at=AT, by=boss)
    event = entry(client, booking)
    assert (str(event["status"]), event["dtstart"].dt) == ("CONFIRMED", booking.starts_at)
    actions.revoke_booking(booking=booking, at=AT, by=boss, reason="停水")
    assert str(entry(client, booking)["status"]) == "CANCELLED"


def test_calendar_file_of_a_request_is_its_whole_day(client):
    request = care.request(day=make.moment(1, 9).date())
    event = entry(client, request)
    assert (event["dtstart"].dt, event["dtend"].dt) == (request.day, request.day + dt.timedelta(days=1))
    wish = care.request()
    client.force_login(wish.resident.login)
    assert client.get(address(wish, "calendar.ics"))["Location"] == address(wish)


# A time that was closed -------------------------------------------------------------------------------------


def test_closed_care_says_so_everywhere_and_offers_the_next_like_time(client, booking, later):
    boss = care.coordinator(community=booking.community)
    actions.confirm_booking(booking=booking, at=AT, by=boss)
    actions.close_slot(slot=booking.slot, at=AT, by=boss)
    event = entry(client, booking)
    assert str(event["status"]) == "TENTATIVE"
    assert str(event["description"]) == f"这个时段已停办，请另选时间。 预约码{booking.code}"
    page = client.get(address(booking))
    assert page.context["next_slot"] == later
    client.post(address(booking, "move/"), {"slot": later.code})
    booking.refresh_from_db()
    assert (booking.slot, booking.status) == (later, "requested")
    assert not CareBooking.objects.stranded(AT)


def test_closed_request_offers_the_next_open_day(client):
    request = care.request(day=make.moment(1, 9).date())
    last = request.day + dt.timedelta(days=1)
    make.closure(facility=request.kind.facility, starts_on=request.day, ends_on=last)
    client.force_login(request.resident.login)
    page = client.get(address(request))
    assert page.context["next_day"] == last + dt.timedelta(days=1)
    client.post(address(request, "move/"), {"day": page.context["next_day"].isoformat()})
    request.refresh_from_db()
    assert (request.day, request.status) == (last + dt.timedelta(days=1), "requested")


def test_messages_of_the_old_time_are_no_longer_true(booking, later):
    """What was queued before the move is dropped, the new time is told."""
    old = Message.objects.get(event="care_requested")
    assert find_untrue([old], AT) == set()
    move(booking, slot=later)
    moved = Message.objects.get(event="care_moved")
    assert find_untrue([old, moved], AT) == {old.pk}
    third = care.slot(kind=booking.kind, starts_at=make.moment(3, 10))
    move(booking, slot=third, at=AT + dt.timedelta(minutes=1))
    assert find_untrue([old, moved], AT) == {old.pk, moved.pk}


def test_moved_care_is_reminded_of_again(booking):
    """Once for each time that it has had."""
    boss = care.coordinator(community=booking.community)
    actions.confirm_booking(booking=booking, at=AT - dt.timedelta(days=2), by=boss)
    CareBooking.objects.update(booked_at=AT - dt.timedelta(days=3))
    assert actions.send_reminders(at=make.moment(0, 17)) == 1
    later = care.slot(kind=booking.kind, starts_at=make.moment(3, 10))
    booking.refresh_from_db()
    move(booking, slot=later, via="phone", by=boss)
    assert actions.send_reminders(at=make.moment(2, 17)) == 1
    assert len(messages("care_reminder")) == 2
