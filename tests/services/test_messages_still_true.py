"""Messages of the hall: asked just before sending whether they are still true; reminders that came late."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError

from circle.actions.messages import queue_in_person_message, send_again
from circle.models import Message
from circle.notifications import drop_untrue_in_person_messages, find_untrue, send_messages
from circle.notifications.texts import short_text_of, text_of
from services import actions
from services.models import Booking
from tests import make

pytestmark = pytest.mark.django_db

NOW = make.MORNING
AFTERNOON = make.moment(0, 16)
ONE_DAY = dt.timedelta(days=1)
SECOND = dt.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def sms(settings, tmp_path):
    settings.SMS_URL = f"file://{tmp_path}/sms"


@pytest.fixture
def booking():
    """For tomorrow at nine, booked three days ago."""
    return make.booking(at=NOW - 3 * ONE_DAY)


def later(booking: Booking):
    return make.slot(counter=booking.slot.counter, starts_at=make.moment(2, 10))


def change(row, **values) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**values)


def stay(booking: Booking) -> None:
    """It stays as it was made."""


def cancel(booking: Booking, at: dt.datetime = AFTERNOON) -> None:
    actions.cancel_booking(booking=booking, at=at, via="phone", by=make.clerk())


def move(booking: Booking, at: dt.datetime = AFTERNOON) -> None:
    actions.move_booking(booking=booking, slot=later(booking), at=at, via="phone", by=make.clerk())


def revoke(booking: Booking) -> None:
    actions.revoke_booking(booking=booking, at=AFTERNOON, by=make.clerk(), reason="停电")


def close(booking: Booking) -> None:
    actions.close_slot(slot=booking.slot, at=AFTERNOON, by=make.clerk())


def send(at: dt.datetime = AFTERNOON) -> dict[str, tuple[str, str]]:
    """Status and fault of the last message of each event, after everything due was sent."""
    send_messages(at=at, also_at_night=True)
    return {row.event: (row.status, row.fault) for row in Message.objects.order_by("id")}


UNTRUE = ("dropped", "no_longer_true")
SENT = ("sent", "")


@pytest.mark.parametrize("spoil", [cancel, move, revoke, close])
def test_reminder_that_is_no_longer_true_is_dropped(booking, spoil):
    assert actions.send_reminders(at=AFTERNOON) == 1
    spoil(booking)
    assert send()["booking_reminder"] == UNTRUE


def test_reminder_that_is_true_is_sent(booking):
    actions.send_reminders(at=AFTERNOON)
    assert send()["booking_reminder"] == SENT


def test_reminder_held_back_by_a_gateway_is_asked_at_each_attempt(booking, settings, tmp_path):
    (tmp_path / "file").write_text("")
    good, settings.SMS_URL = settings.SMS_URL, f"file://{tmp_path}/file/below"
    actions.send_reminders(at=AFTERNOON)
    assert send()["booking_reminder"][0] == "queued"
    cancel(booking)
    settings.SMS_URL = good
    assert send(AFTERNOON + dt.timedelta(minutes=2))["booking_reminder"] == UNTRUE


def test_reminder_is_not_sent_once_the_time_has_begun(booking):
    actions.send_reminders(at=AFTERNOON)
    assert send(make.moment(1, 9))["booking_reminder"] == UNTRUE


@pytest.mark.parametrize("spoil", [cancel, move, revoke])
def test_confirmation_is_dropped_for_what_came_after_it(booking, spoil):
    spoil(booking)
    said = send()
    assert said.pop("booking_made") == UNTRUE
    assert set(said.values()) == {SENT}  # of the cancellation, the move or the calling off


def test_first_of_two_moves_is_dropped_and_the_second_is_sent(booking):
    move(booking)
    again = make.slot(counter=booking.slot.counter, starts_at=make.moment(3, 10))
    minute = AFTERNOON + dt.timedelta(minutes=1)
    actions.move_booking(booking=booking, slot=again, at=minute, via="phone", by=make.clerk())
    send(minute)
    moves = Message.objects.filter(event="booking_moved").order_by("id").values_list("status", flat=True)
    assert list(moves) == ["dropped", "sent"]


def test_confirmation_for_a_closed_time_is_sent_since_its_code_is_needed(booking):
    close(booking)
    assert send()["booking_made"] == SENT


@pytest.mark.parametrize("spoil", [stay, move])
def test_confirmation_is_dropped_once_its_time_is_over(booking, spoil):
    """Nobody is told, and nobody is visited for, a time that has gone by."""
    spoil(booking)
    last = Message.objects.latest("id")
    ends_at = Booking.objects.get().ends_at
    assert last.event == ("booking_made" if spoil is stay else "booking_moved")
    assert (find_untrue([last], ends_at), find_untrue([last], ends_at + SECOND)) == (set(), {last.pk})


def test_message_about_a_code_that_nobody_knows_is_sent():
    values = {"code": "ABCDEFGH", "starts_at": make.moment(1, 9).isoformat()}
    make.message(event="booking_made", values=values)
    assert send()["booking_made"] == SENT


def test_sending_asks_one_query_more(booking, django_assert_max_num_queries):
    send()
    true = Message.objects.get()
    change(true, status="queued")
    with django_assert_max_num_queries(6):
        send_messages(at=AFTERNOON, also_at_night=True)


# In person --------------------------------------------------------------------------------------------------


def test_in_person_message_that_is_no_longer_true_leaves_the_list():
    home = make.building()
    people = [make.resident(building=home, community=home.community) for _ in range(2)]
    slot = make.slot(capacity=5)
    gone, stays = (
        make.booking(slot=slot, resident=each, via="phone", by=make.clerk(), at=NOW) for each in people
    )
    assert Message.objects.awaiting_in_person().count() == 2
    cancel(gone)
    assert drop_untrue_in_person_messages(AFTERNOON) == 1
    waiting = Message.objects.awaiting_in_person().values_list("event", "values__code")
    assert set(waiting) == {("booking_made", stays.code), ("booking_cancelled", gone.code)}
    assert drop_untrue_in_person_messages(AFTERNOON) == 0
    dropped = Message.objects.get(status="dropped")
    assert (dropped.event, dropped.fault, dropped.values["code"]) == ("booking_made", *UNTRUE[1:], gone.code)


@pytest.mark.parametrize("act", [send_again, queue_in_person_message])
def test_dead_letter_that_is_no_longer_true_is_not_taken_up_again(booking, act):
    message = Message.objects.get()
    change(message, status="dead")
    cancel(booking)
    with pytest.raises(ValidationError) as refusal:
        act(message=message, at=AFTERNOON, by=make.clerk())
    assert refusal.value.code == "no_longer_true"
    message.refresh_from_db()
    assert message.status == "dead"


# Reminders that came late, and what is promised -------------------------------------------------------------


@pytest.mark.parametrize("at", [make.moment(1, 0), make.moment(1, 7), make.moment(1, 8, 59)])
def test_reminder_that_the_clock_job_missed_is_caught_up_before_the_time(booking, at):
    assert actions.send_reminders(at=at) == 1
    assert actions.send_reminders(at=at) == 0


def test_reminder_is_not_caught_up_after_the_time_has_begun(booking):
    assert actions.send_reminders(at=make.moment(1, 9)) == 0


def test_what_was_booked_on_the_eve_is_not_caught_up():
    make.booking()
    assert actions.send_reminders(at=make.moment(1, 7)) == 0


def test_what_was_moved_on_the_eve_or_the_day_is_not_reminded_of():
    bookings = [make.booking(at=NOW - 3 * ONE_DAY, slot=make.slot(starts_at=make.moment(4, 9))) for _ in "ab"]
    for booking, at in zip(bookings, (make.moment(0, 17), make.moment(1, 7)), strict=True):
        near = make.slot(counter=booking.slot.counter, starts_at=make.moment(1, 15))
        actions.move_booking(booking=booking, slot=near, at=at, via="phone", by=make.clerk())
    assert actions.send_reminders(at=make.moment(1, 8)) == 0


REMINDS = "We remind you the day before"


def page(client, booking: Booking, at: dt.datetime) -> str:
    with time_machine.travel(at, tick=False):
        client.logout()
        client.force_login(booking.resident.login)
        return client.get(f"/en/services/bookings/{booking.code}/").text


def test_page_promises_the_reminder_that_will_be_sent(client, booking):
    assert REMINDS in page(client, booking, NOW)
    actions.send_reminders(at=AFTERNOON)
    assert REMINDS not in page(client, booking, AFTERNOON)


@pytest.mark.parametrize("made", [NOW, make.moment(1, 7)])
def test_page_promises_nothing_to_who_booked_on_the_eve_or_the_day(client, made):
    booking = make.booking(at=made)
    assert REMINDS not in page(client, booking, made)
    assert actions.send_reminders(at=max(made, AFTERNOON)) == 0


def test_page_promises_nothing_to_who_moved_it_to_tomorrow(client):
    booking = make.booking(at=NOW - 3 * ONE_DAY, slot=make.slot(starts_at=make.moment(4, 9)))
    assert REMINDS in page(client, booking, NOW)
    near = make.slot(counter=booking.slot.counter, starts_at=make.moment(1, 15))
    actions.move_booking(booking=booking, slot=near, at=NOW, via="phone", by=make.clerk())
    assert REMINDS not in page(client, booking, NOW)
    assert actions.send_reminders(at=AFTERNOON) == 0


# Two hours before, where the item asks for it ---------------------------------------------------------------

SEVEN = make.moment(1, 7)
AGAIN = "We also remind you two hours before"


@pytest.fixture
def asked(booking):
    """The booking for tomorrow at nine, of an item that reminds once more."""
    booking.item.reminds_again = True
    booking.item.save()
    return booking


def test_item_that_asks_for_it_reminds_two_hours_before_and_once(asked):
    actions.send_reminders(at=AFTERNOON)
    assert actions.send_second_reminders(at=SEVEN - SECOND) == 0
    assert [actions.send_second_reminders(at=SEVEN + n * SECOND) for n in range(2)] == [1, 0]
    asked.refresh_from_db()
    assert (asked.reminded_at, asked.reminded_again_at) == (AFTERNOON, SEVEN)
    assert Message.objects.filter(event="booking_reminder").count() == 2
    assert set(send(SEVEN + SECOND).values()) == {SENT}


def test_other_items_remind_on_the_eve_alone(booking):
    assert actions.send_second_reminders(at=SEVEN) == 0


@pytest.mark.parametrize(("at", "found"), [(make.moment(1, 8, 59), 1), (make.moment(1, 9), 0)])
def test_second_reminder_that_was_missed_is_caught_up_until_the_time_begins(asked, at, found):
    assert actions.send_second_reminders(at=at) == found


def test_reminder_of_the_eve_that_comes_as_late_is_not_said_twice(asked):
    assert actions.send_reminders(at=SEVEN + SECOND) == 1
    assert actions.send_second_reminders(at=SEVEN + SECOND) == 0


def test_who_books_within_the_two_hours_remembers(asked):
    near = make.booking(at=make.moment(1, 8), slot=make.slot(of=asked.item, starts_at=make.moment(1, 9, 30)))
    assert actions.send_second_reminders(at=make.moment(1, 8, 1)) == 1
    near.refresh_from_db()
    assert near.reminded_again_at is None


def test_moved_booking_is_reminded_again_of_its_new_time(asked):
    actions.send_second_reminders(at=SEVEN)
    near = make.slot(counter=asked.slot.counter, starts_at=make.moment(1, 15))
    actions.move_booking(booking=asked, slot=near, at=make.moment(1, 8), via="phone", by=make.clerk())
    assert asked.reminded_again_at is None
    assert actions.send_second_reminders(at=make.moment(1, 13)) == 1


@pytest.mark.parametrize("spoil", [cancel, revoke, close])
def test_what_does_not_take_place_is_not_reminded_of_again(asked, spoil):
    spoil(asked)
    assert actions.send_second_reminders(at=SEVEN) == 0


def test_page_promises_the_second_reminder_where_it_will_be_sent(client, asked):
    assert AGAIN in page(client, asked, NOW)
    actions.send_second_reminders(at=SEVEN)
    assert AGAIN not in page(client, asked, SEVEN + SECOND)


def test_page_of_another_item_promises_none(client, booking):
    assert AGAIN not in page(client, booking, NOW)


def test_second_reminder_is_not_promised_where_it_would_come_in_quiet_hours(client, asked):
    make.rule("quiet_hours", valid_from=dt.date(2024, 1, 1), params={"from": "21:00", "to": "07:30"})
    assert AGAIN not in page(client, asked, NOW)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_reminder_names_the_day_since_it_may_come_on_the_day_itself(asked, language):
    actions.send_second_reminders(at=SEVEN)
    message = Message.objects.get(event="booking_reminder")
    message.language = language
    for text in (text_of(message), short_text_of(message)):
        assert not [word for word in ("明天", "tomorrow", "Tomorrow") if word in text]
        assert ("11月25日" if language == "zh-hans" else "25") in text
