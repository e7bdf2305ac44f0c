"""Messages of elder care: asked just before sending whether they are still true; reminders that came late."""

import datetime as dt

import pytest
import time_machine

from circle.models import Message
from circle.notifications import find_untrue, send_messages
from eldercare import actions
from eldercare.models import CareBooking, CareSlot
from tests import make
from tests import make_eldercare as care

pytestmark = pytest.mark.django_db

NOW = make.MORNING
AFTERNOON = make.moment(0, 16)
ONE_DAY = dt.timedelta(days=1)
SECOND = dt.timedelta(seconds=1)
UNTRUE = ("dropped", "no_longer_true")
SENT = ("sent", "")


@pytest.fixture(autouse=True)
def sms(settings, tmp_path):
    settings.SMS_URL = f"file://{tmp_path}/sms"


@pytest.fixture
def booking():
    """Confirmed for tomorrow at nine, booked three days ago."""
    return settled(care.booking())


def settled(found: CareBooking, **values) -> CareBooking:
    actions.confirm_booking(booking=found, at=NOW, by=boss(found), **values)
    earlier = NOW - 3 * ONE_DAY
    CareBooking.objects.filter(pk=found.pk).update(booked_at=earlier, status_at=earlier)
    found.refresh_from_db()
    return found


def boss(booking: CareBooking):
    return care.coordinator(community=booking.community)


def cancel(booking: CareBooking) -> None:
    actions.cancel_booking(booking=booking, at=AFTERNOON, via="phone", by=boss(booking))


def revoke(booking: CareBooking) -> None:
    actions.revoke_booking(booking=booking, at=AFTERNOON, by=boss(booking), reason="停电")


def close(booking: CareBooking) -> None:
    actions.close_slot(slot=booking.slot, at=AFTERNOON, by=boss(booking))


def send(at: dt.datetime = AFTERNOON) -> dict[str, tuple[str, str]]:
    send_messages(at=at, also_at_night=True)
    return {row.event: (row.status, row.fault) for row in Message.objects.order_by("id")}


@pytest.mark.parametrize("spoil", [cancel, revoke, close])
def test_reminder_of_care_that_is_no_longer_true_is_dropped(booking, spoil):
    assert actions.send_reminders(at=AFTERNOON) == 1
    spoil(booking)
    assert send()["care_reminder"] == UNTRUE


def test_reminder_of_care_that_is_true_is_sent(booking):
    actions.send_reminders(at=AFTERNOON)
    assert send()["care_reminder"] == SENT
    assert send()["care_confirmed"] == SENT


def test_request_that_was_confirmed_meanwhile_is_said_once(booking):
    assert send()["care_requested"] == UNTRUE
    assert send()["care_confirmed"] == SENT


@pytest.mark.parametrize("spoil", [cancel, revoke])
def test_confirmation_of_care_is_dropped_for_what_came_after_it(booking, spoil):
    spoil(booking)
    said = send()
    assert (said.pop("care_requested"), said.pop("care_confirmed")) == (UNTRUE, UNTRUE)
    assert list(said.values()) == [SENT]


def test_confirmation_of_care_is_dropped_once_its_time_is_over(booking):
    last = Message.objects.get(event="care_confirmed")
    ends_at = booking.ends_at
    assert (find_untrue([last], ends_at), find_untrue([last], ends_at + SECOND)) == (set(), {last.pk})


def test_request_that_nobody_answered_is_dropped_once_its_day_is_over():
    care.request(day=make.moment(1, 9).date())
    asked = Message.objects.get(event="care_requested")
    assert (find_untrue([asked], make.moment(1, 23)), find_untrue([asked], make.moment(2, 0))) == (
        set(),
        {asked.pk},
    )


def test_request_without_a_time_is_true_until_its_day_is_over():
    request = settled(care.request(day=make.moment(1, 9).date()))
    assert actions.send_reminders(at=AFTERNOON) == 1
    assert send()["care_reminder"] == SENT
    Message.objects.filter(event="care_reminder").update(status="queued")
    assert send(make.moment(2, 0))["care_reminder"] == UNTRUE
    assert request.slot is None


def test_request_without_a_day_is_sent():
    care.request()
    assert send()["care_requested"] == SENT


@pytest.mark.parametrize(("at", "found"), [(make.moment(1, 7), 1), (make.moment(1, 9), 0)])
def test_missed_reminder_of_care_is_caught_up_before_its_time(booking, at, found):
    assert [actions.send_reminders(at=at), actions.send_reminders(at=at)] == [found, 0]


@pytest.mark.parametrize(("at", "found"), [(make.moment(1, 7), 1), (make.moment(1, 13), 0)])
def test_missed_reminder_of_a_day_without_a_time_is_caught_up_in_the_morning(at, found):
    settled(care.request(day=make.moment(1, 9).date()))
    assert actions.send_reminders(at=at) == found


def test_what_was_confirmed_on_the_day_is_not_reminded_of():
    found = care.request(day=make.moment(1, 9).date(), at=NOW - 3 * ONE_DAY)
    actions.confirm_booking(booking=found, at=make.moment(1, 7), by=boss(found))
    assert actions.send_reminders(at=make.moment(1, 8)) == 0


REMINDS = "We remind you the day before"


def test_page_of_care_promises_only_what_will_be_sent(client, booking):
    on_the_eve = care.booking(resident=booking.resident, slot=care.slot(starts_at=make.moment(1, 15)))
    actions.confirm_booking(booking=on_the_eve, at=NOW, by=boss(booking))
    with time_machine.travel(NOW, tick=False):
        client.force_login(booking.resident.login)
        pages = [client.get(f"/en/eldercare/bookings/{each.code}/").text for each in (booking, on_the_eve)]
    assert [REMINDS in text for text in pages] == [True, False]
    assert all("If something comes up, cancel or phone" in text for text in pages)
    assert actions.send_reminders(at=AFTERNOON) == 1
    assert CareSlot.objects.count() == 2


def test_kind_that_asks_for_it_reminds_two_hours_before_and_once(client, booking):
    booking.kind.reminds_again = True
    booking.kind.save()
    said = "We also remind you two hours before"
    client.force_login(booking.resident.login)
    url = f"/en/eldercare/bookings/{booking.code}/"
    with time_machine.travel(AFTERNOON, tick=False):
        assert said in client.get(url).text
    seven = make.moment(1, 7)
    assert actions.send_second_reminders(at=seven - SECOND) == 0
    assert [actions.send_second_reminders(at=seven + n * SECOND) for n in range(2)] == [1, 0]
    booking.refresh_from_db()
    assert booking.reminded_again_at == seven
    with time_machine.travel(seven + SECOND, tick=False):
        assert said not in client.get(url).text


def test_care_moved_to_a_time_under_two_hours_away_is_not_reminded_of_at_once(client, booking):
    booking.kind.reminds_again = True
    booking.kind.save()
    half_past_seven = make.moment(1, 7, 30)
    soon = care.slot(kind=booking.kind, starts_at=make.moment(1, 9, 15))
    moved = {"booking": booking, "slot": soon, "via": "phone", "by": boss(booking)}
    actions.move_booking(**moved, at=half_past_seven)
    assert actions.send_second_reminders(at=half_past_seven + SECOND) == 0
    client.force_login(booking.resident.login)
    with time_machine.travel(half_past_seven + SECOND, tick=False):
        page = client.get(f"/en/eldercare/bookings/{booking.code}/").text
    assert "We also remind you two hours before" not in page


def test_other_kinds_remind_on_the_eve_alone(booking):
    assert actions.send_second_reminders(at=make.moment(1, 7)) == 0
