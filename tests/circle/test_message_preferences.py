"""When and how somebody is told: quiet hours, wishes, and nobody who is not there any more."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from circle import actions
from circle.models import Message, MessagePreference, Record
from circle.notifications import notify, send_messages
from services.actions import send_reminders
from tests import make

pytestmark = pytest.mark.django_db

NOW = make.MORNING
NIGHT = make.moment(0, 22)
VALUES = {"code": "K7M2ABCD", "starts_at": "2026-11-25T09:30:00+08:00", "item": "老年证", "place": "服务大厅"}


@pytest.fixture(autouse=True)
def sms(settings, tmp_path):
    settings.SMS_URL = f"file://{tmp_path}/sms"
    return tmp_path / "sms"


@pytest.fixture
def quiet():
    """Nothing between half past nine and eight."""
    return make.rule("quiet_hours", params={"from": "21:30", "to": "08:00"})


def booked(**values) -> Message:
    return make.message(**{"event": "booking_made", "values": VALUES} | values)


def state(message: Message) -> tuple:
    message.refresh_from_db()
    return message.status, message.channel, message.due_at


def refused(act, **values) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(**values)
    return refusal.value.code


# Quiet hours ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "until"),
    [
        (make.moment(0, 21, 29), None),
        (make.moment(0, 21, 30), make.moment(1, 8)),
        (make.moment(0, 23, 59), make.moment(1, 8)),
        (make.moment(1, 7, 59), make.moment(1, 8)),
        (make.moment(1, 8), None),
    ],
)
def test_ordinary_message_waits_for_the_morning(quiet, at, until):
    message = booked(due_at=at, created_at=at)
    assert send_messages(at=at) == (until is None)
    assert state(message) == ("queued" if until else "sent", "sms", until or at)
    assert message.attempts == (0 if until else 1)
    assert message.is_postponed is (until is not None)


def test_waiting_message_goes_out_in_the_morning(quiet):
    message = booked(due_at=NIGHT)
    assert [send_messages(at=at) for at in (NIGHT, make.moment(1, 7), make.moment(1, 8))] == [0, 0, 1]
    assert (state(message)[0], message.attempts) == ("sent", 1)


@pytest.mark.parametrize("event", ["sign_in_code", "booking_revoked", "care_revoked"])
def test_what_cannot_wait_goes_out_at_night(quiet, event):
    booked(due_at=NIGHT, event=event, values=VALUES | {"kind": "助洁"})
    assert send_messages(at=NIGHT) == 1


def test_without_a_rule_there_are_no_quiet_hours():
    booked(due_at=NIGHT)
    assert send_messages(at=NIGHT) == 1


def test_rule_that_begins_later_does_not_hold_yet(quiet):
    quiet.valid_from = NIGHT.date() + dt.timedelta(days=1)
    quiet.save()
    booked(due_at=NIGHT)
    assert send_messages(at=NIGHT) == 1


def test_own_hours_stand_before_those_of_the_community(quiet):
    noon = make.moment(0, 13)
    resident = make.resident(phone=make.mobile())
    make.message_wish(resident=resident, quiet_from=dt.time(12), quiet_to=dt.time(14, 30))
    message = booked(resident=resident, due_at=noon)
    assert send_messages(at=noon) == 0
    assert state(message)[2] == make.moment(0, 14, 30)
    night = booked(resident=resident, due_at=NIGHT)
    send_messages(at=NIGHT)
    assert state(night)[0] == "sent"


def test_who_wants_it_is_told_at_any_hour(quiet):
    resident = make.resident(phone=make.mobile())
    make.message_wish(resident=resident, at_any_hour=True)
    booked(resident=resident, due_at=NIGHT)
    assert send_messages(at=NIGHT) == 1


# Over which channel -----------------------------------------------------------------------------------------


def test_who_wants_to_be_told_at_the_door_stands_on_the_knock_list(sms):
    resident = make.resident(phone=make.mobile())
    make.message_wish(resident=resident, first_channel="desk")
    message = booked(resident=resident)
    assert send_messages(at=NOW) == 0
    assert state(message) == ("queued", "desk", NOW)
    assert (list(Message.objects.awaiting_in_person()), sms.exists()) == ([message], False)


def test_wish_that_cannot_be_met_falls_back_on_the_next_way():
    resident = make.resident(phone=make.mobile())
    make.message_wish(resident=resident, first_channel="email")
    message = booked(resident=resident)
    assert send_messages(at=NOW) == 1
    assert state(message)[1] == "sms"


def test_number_that_is_gone_makes_it_a_task_and_nobody_is_forgotten():
    message = booked(resident=make.resident())
    assert send_messages(at=NOW) == 0
    assert list(Message.objects.awaiting_in_person()) == [message]


def test_email_of_ones_own_login_is_used():
    login = make.user()
    message = booked(resident=make.resident(login=login))
    assert send_messages(at=NOW) == 1
    assert state(message)[1] == "email"


# Nobody who is not there ------------------------------------------------------------------------------------


def test_nothing_is_written_to_the_dead():
    gone = make.resident(phone=make.mobile(), died_on=NOW.date())
    notify(event="booking_made", community=gone.community, resident=gone, at=NOW, dedupe="x", values=VALUES)
    assert not Message.objects.exists()


def test_what_waits_for_somebody_who_died_is_dropped(sms):
    message = booked(secret_sealed="")
    message.resident.died_on = NOW.date()
    message.resident.save()
    assert send_messages(at=NOW) == 0
    assert (state(message)[0], message.fault, sms.exists()) == ("dropped", "gone", False)


def test_who_has_moved_away_is_told_of_what_stands(sms):
    """Nobody loses a place in the nursery or misses an appointment because of a move."""
    gone = make.own_resident(building=make.building())
    make.booking(resident=gone)
    offer = {"code": "K7M2ABCD", "group": "小班", "expires_at": "2026-11-30T17:00:00+08:00"}
    waiting = booked(resident=gone, event="application_offered", values=offer)
    actions.move_out(resident=gone, on=NOW.date(), at=NOW, by=make.clerk())
    assert send_messages(at=NOW) == 2
    assert state(waiting)[0] == "sent"
    tomorrow = make.moment(0, 18) + dt.timedelta(days=1)
    make.booking(resident=gone, slot=make.slot(starts_at=make.moment(2, 9)))
    assert send_reminders(at=tomorrow) == 1
    assert send_messages(at=tomorrow) == 2
    assert not Message.objects.exclude(status="sent").exists()


def test_nothing_goes_to_who_was_forgotten(sms):
    gone = make.resident(phone=make.mobile())
    waiting, given_up = booked(resident=gone, status="queued"), booked(resident=gone, status="dead")
    actions.erase_resident(erasure=make.erasure(resident=gone), at=NOW, by=make.post("director").user)
    gone.refresh_from_db()
    notify(event="booking_made", community=gone.community, resident=gone, at=NOW, dedupe="x", values=VALUES)
    assert [state(message)[0] for message in (waiting, given_up)] == ["dropped", "dead"]
    assert refused(actions.send_again, message=given_up, at=NOW, by=make.clerk()) == "resident_gone"
    assert Message.objects.count() == 2


def test_what_a_dead_sender_held_for_somebody_who_died_is_dropped(sms):
    held = booked(status="sending", attempts=1, lease_until=NOW - dt.timedelta(seconds=1))
    actions.report_death(resident=held.resident, died_on=NOW.date(), at=NOW, by=make.clerk())
    assert send_messages(at=NOW) == 0
    assert (state(held)[0], held.fault) == ("dropped", "gone")


def test_event_that_nobody_has_described_is_refused_when_it_is_written():
    resident = make.resident(phone=make.mobile())
    with pytest.raises(KeyError, match="names the event unheard_of"):
        notify(event="unheard_of", community=resident.community, resident=resident, at=NOW, dedupe="x")


# The wish itself --------------------------------------------------------------------------------------------


def wished(resident, **values):
    by = resident.login or make.clerk()
    said = {"first_channel": "sms", "language": "zh-hans", "at": NOW, "by": by} | values
    return actions.set_message_preference(resident=resident, **said)


def test_wish_is_kept_once_and_recorded_without_a_name():
    resident = make.own_resident()
    wished(resident, first_channel="desk", quiet_from=dt.time(12), quiet_to=dt.time(14))
    wish = wished(resident, at_any_hour=True, language="en")
    resident.refresh_from_db()
    kept = (wish.first_channel, wish.at_any_hour, wish.quiet_from, resident.language)
    assert kept == ("sms", True, None, "en")
    verbs = Record.objects.about(resident).order_by("id").values_list("verb", "details")
    assert list(verbs)[-1] == ("message_wish_changed", {"channel": "sms", "language": "en"})


def test_quiet_hours_need_both_ends():
    with pytest.raises(ValidationError) as refusal:
        wished(make.own_resident(), quiet_from=dt.time(12))
    assert refusal.value.code == "quiet_needs_both"


def test_nothing_is_arranged_for_the_dead():
    with pytest.raises(ValidationError) as refusal:
        wished(make.resident(died_on=NOW.date()))
    assert refusal.value.code == "resident_gone"


# Where to write to ------------------------------------------------------------------------------------------


def test_an_address_is_kept_sealed_and_written_to(mailoutbox):
    resident = make.resident()
    wish = wished(resident, first_channel="email", email="wang@example.org")
    assert "wang" not in wish.email_sealed
    MessagePreference.objects.update(email_confirmed_at=NOW)  # by a code: test_message_addresses.py
    Message.objects.all().delete()
    details = Record.objects.about(resident).get().details
    assert details == {"channel": "email", "language": "zh-hans", "email": "kept"}
    notify(
        event="booking_made",
        community=resident.community,
        resident=resident,
        at=NOW,
        dedupe="x",
        values=VALUES,
    )
    assert send_messages(at=NOW) == 1
    assert [mail.to for mail in mailoutbox] == [["wang@example.org"]]


def test_an_address_stays_until_it_is_taken_off():
    resident = make.own_resident()
    wished(resident, email="wang@example.org", wechat="o6_bmjrPTlm6")
    assert (wished(resident).email, wished(resident).wechat) == ("wang@example.org", "o6_bmjrPTlm6")
    wish = wished(resident, email="", wechat="")
    assert (wish.email_sealed, wish.wechat_sealed, wish.email_index) == ("", "", None)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"email": "wang"}, "email_invalid"),
        ({"email": "a@b.example\nBcc: x@y.example"}, "email_invalid"),
        ({"wechat": "https://qyapi.example/send?key=1"}, "wechat_invalid"),
        ({"wechat": "abc"}, "wechat_invalid"),
        ({"first_channel": "email"}, "address_missing"),
        ({"first_channel": "wechat"}, "address_missing"),
        ({"first_channel": "email", "email": ""}, "address_missing"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused(values, code):
    resident = make.own_resident()
    with pytest.raises(ValidationError) as refusal:
        wished(resident, **values)
    assert (refusal.value.code, MessagePreference.objects.count()) == (code, 0)


def forms_of(resident) -> dict[str, Any]:
    """The resident's own page and that of the window, with who opens it."""
    return {
        reverse("message_wish", args=[resident.code]): resident.login,
        reverse("admin:circle_message_wish", args=[resident.code]): make.clerk(),
    }


def test_addresses_are_entered_on_both_pages_and_shown_masked(client, settings):
    settings.WECHAT_URL = "https://gateway.example/send"
    resident = make.own_resident()
    sent = {"first_channel": "email", "night": "community", "language": "zh-hans"}
    for url, user in forms_of(resident).items():
        client.force_login(user)
        refused = client.post(url, sent | {"email": "wang"})
        assert (refused.status_code, refused.context["form"].has_error("__all__", "email_invalid")) == (
            422,
            True,
        )
        assert (
            client.post(url, sent | {"email": "wang@example.org", "wechat": "o6_bmjrPTlm6"}).status_code
            == 302
        )
        text = client.get(url).text
        assert ("w***@example.org" in text, "wang@example.org" in text) == (True, False)
        assert (
            client.post(url, sent | {"first_channel": "sms", "take_off": ["email", "wechat"]}).status_code
            == 302
        )
        assert not MessagePreference.objects.get().email_sealed


# What became of it ------------------------------------------------------------------------------------------

BECAME = {
    "waits": ({}, "待发"),
    "sent": ({"status": "sent", "sent_at": NOW}, "已发短信"),
    "given up": ({"status": "dead", "fault": "isv.BLACK"}, "没送到"),
    "at the door": ({"channel": "desk"}, "有人会上门告诉您"),
    "told": ({"channel": "desk", "status": "sent", "sent_at": NOW, "outcome": "told"}, "已当面告知"),
    "night": ({"due_at": make.moment(1, 8)}, "免得吵醒您"),
}


@pytest.mark.parametrize(("values", "said"), BECAME.values(), ids=BECAME)
def test_reader_sees_what_became_of_each_message_and_no_vendors_code(client, values, said):
    reader = make.own_resident()
    booked(resident=reader, **values)
    client.force_login(reader.login)
    page = client.get("/me/messages/")
    assert said in " ".join(page.text.split())
    assert "isv" not in page.text
