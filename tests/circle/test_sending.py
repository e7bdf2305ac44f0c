"""The outbox as it is sent: once each, whatever the gateway does and whoever dies meanwhile."""

import datetime as dt
import json
import os
import subprocess
import sys
import time
from io import StringIO

import pytest
from django.conf import settings as project
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.utils import timezone

from circle.models import Message
from circle.notifications import BACK_OFF, BATCH, LEASE, send_messages
from tests import make
from tests.race.children import environment

pytestmark = pytest.mark.django_db

NOW = make.MORNING
SECOND = dt.timedelta(seconds=1)


@pytest.fixture(autouse=True)
def sms(settings, tmp_path):
    """Text messages go to this folder."""
    settings.SMS_URL = f"file://{tmp_path}/sms"
    return tmp_path / "sms"


@pytest.fixture
def broken_gateway(settings, tmp_path):
    """A folder below a file cannot be made."""
    (tmp_path / "file").write_text("")
    settings.SMS_URL = f"file://{tmp_path}/file/below"


def booked(*, code: str = "K7M2", **values) -> Message:
    shown = {"code": code, "starts_at": NOW.isoformat()}
    return make.message(**{"event": "booking_made", "values": shown} | values)


def letter(**values) -> Message:
    return booked(channel="email", resident=None, user=make.user(), **values)


def sent_to(folder) -> list[str]:
    return [json.loads(file.read_text(encoding="utf-8"))["to"] for file in folder.iterdir()]


def state(message: Message) -> tuple:
    message.refresh_from_db()
    return message.status, message.attempts


# Once each --------------------------------------------------------------------------------------------------


def test_sent_message_is_sent_once(sms):
    message = booked(resident=make.resident(phone="13800138000"))
    assert [send_messages(at=NOW + n * SECOND) for n in range(3)] == [1, 0, 0]
    assert sent_to(sms) == ["13800138000"]
    assert state(message) == ("sent", 1)
    assert (message.sent_at, message.lease_until, message.fault) == (NOW, None, "")


def test_what_is_due_goes_out_oldest_first_and_no_more_than_asked(sms):
    late, early, future = booked(), booked(due_at=NOW - SECOND), booked(due_at=NOW + SECOND)
    assert send_messages(at=NOW, limit=1) == 1
    assert [state(message)[0] for message in (early, late, future)] == ["sent", "queued", "queued"]
    assert send_messages(at=NOW) == 1
    assert state(future) == ("queued", 0)


def test_one_call_sends_a_batch_and_leaves_the_rest_for_the_next():
    resident = make.resident(phone=make.mobile())
    for _ in range(BATCH + 1):
        booked(resident=resident)
    assert [send_messages(at=NOW) for _ in range(3)] == [BATCH, 1, 0]


@pytest.mark.django_db(transaction=True)
def test_many_senders_at_once_send_each_message_once(at_once, sms):
    messages = [booked() for _ in range(20)]
    sent = at_once(*[lambda: send_messages(at=NOW)] * 4)
    assert sum(sent) == 20
    assert len(list(sms.iterdir())) == 20
    assert [state(message) for message in messages] == [("sent", 1)] * 20


def test_number_changed_since_is_the_one_that_is_used(sms):
    resident = make.resident(phone="13800138000")
    booked(resident=resident)
    resident.phone = "13900139000"
    resident.save()
    send_messages(at=NOW)
    assert sent_to(sms) == ["13900139000"]


def test_number_taken_away_since_falls_back_on_the_agents(sms):
    resident, agent = make.resident(phone="13800138000"), make.resident_login("13700137000")
    booked(resident=resident, user=agent)
    resident.phone = ""
    resident.save()
    send_messages(at=NOW)
    assert sent_to(sms) == ["13700137000"]


def test_each_file_holds_number_and_text_under_its_dedupe_id(sms):
    booked(resident=make.resident(phone="13800138000"), dedupe="booking_made:7")
    send_messages(at=NOW)
    (file,) = sms.iterdir()
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert (file.name, kept["to"], "K7M2" in kept["text"]) == ("booking_made_7.json", "13800138000", True)


def test_console_gateway_prints(settings, capsys):
    settings.SMS_URL = "console://"
    booked(resident=make.resident(phone="13800138000"))
    send_messages(at=NOW)
    printed = capsys.readouterr().out
    assert printed.startswith("SMS 13800138000: ")
    assert "K7M2" in printed


def test_email_goes_to_the_login_with_an_id_by_which_copies_are_known(mailoutbox):
    message = letter(dedupe="booking_made:7")
    assert send_messages(at=NOW) == 1
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == ([message.user.email], message.community.name)
    assert "K7M2" in mail.body
    assert mail.message()["Message-ID"] == f"<booking_made:7@{message.community.slug}>"


def test_command_sends_what_is_due(sms):
    out = StringIO()
    booked()
    call_command("send_messages", stdout=out)
    assert out.getvalue() == "1 sent\n"
    assert len(list(sms.iterdir())) == 1


# When it fails ----------------------------------------------------------------------------------------------


def test_failing_gateway_is_asked_again_ever_later_and_then_given_up(broken_gateway):
    message, at = booked(), NOW
    for number, pause in enumerate(BACK_OFF, start=1):
        assert send_messages(at=at) == 0
        assert state(message) == ("queued", number)
        assert (message.due_at, message.lease_until) == (at + pause, None)
        assert message.fault in {"NotADirectoryError", "FileExistsError"}
        assert send_messages(at=at + pause - SECOND) == 0
        assert state(message) == ("queued", number)
        at += pause
    send_messages(at=at)
    assert state(message) == ("dead", len(BACK_OFF) + 1)
    assert list(Message.objects.dead()) == [message]
    assert send_messages(at=at + dt.timedelta(days=30)) == 0


def test_message_that_goes_through_at_last_forgets_its_fault(broken_gateway, settings, tmp_path):
    message = booked()
    send_messages(at=NOW)
    settings.SMS_URL = f"file://{tmp_path}/sms"
    assert send_messages(at=NOW + BACK_OFF[0]) == 1
    assert (state(message), message.fault) == (("sent", 2), "")


def test_failing_gateway_keeps_no_other_message_back(broken_gateway, mailoutbox):
    first, second, third = booked(), letter(), booked()
    assert send_messages(at=NOW) == 1
    assert [state(message)[0] for message in (first, second, third)] == ["queued", "sent", "queued"]
    assert len(mailoutbox) == 1


def test_given_up_code_is_wiped(broken_gateway):
    message = make.message(attempts=len(BACK_OFF), secret_sealed="x")
    send_messages(at=NOW)
    assert (state(message)[0], message.secret_sealed) == ("dead", "")


def test_login_that_cannot_be_reached_is_a_dead_letter_and_not_the_end(sms):
    login = make.resident_login()
    login.phone = ""
    login.email = "x@example.invalid"
    login.save()
    message, other = booked(resident=None, user=login, channel="sms"), booked()
    login.email = ""
    login.save()
    assert send_messages(at=NOW) == 1
    assert (state(message), message.fault) == (("dead", 1), "no_channel")
    assert state(other) == ("sent", 1)


def test_event_without_a_template_is_a_failure_and_not_the_end(sms):
    message, other = booked(event="no_such_event"), booked()
    assert send_messages(at=NOW) == 1
    assert (state(message), message.fault) == (("queued", 1), "KeyError")
    assert state(other) == ("sent", 1)


def test_fault_never_holds_a_number(broken_gateway, caplog):
    message = booked(resident=make.resident(phone="13800138000"))
    send_messages(at=NOW)
    message.refresh_from_db()
    assert "13800138000" not in message.fault + caplog.text


def test_message_of_a_killed_sender_is_sent_again_when_its_lease_is_over(sms):
    message = booked(status="sending", lease_until=NOW + LEASE, attempts=1)
    assert send_messages(at=NOW + LEASE) == 0
    assert send_messages(at=NOW + LEASE + SECOND) == 1
    assert state(message) == ("sent", 2)


def test_message_that_kills_its_sender_is_given_up_in_the_end(sms):
    message, at = booked(status="sending", lease_until=NOW, attempts=1), NOW
    for number in range(2, len(BACK_OFF) + 2):
        at += LEASE + SECOND
        claimed = Message.objects.due(at).filter(pk=message.pk)
        assert claimed.update(status="sending", lease_until=at + LEASE, attempts=number) == 1
    assert send_messages(at=at + LEASE + SECOND) == 0
    assert (state(message), message.fault) == (("dead", len(BACK_OFF) + 2), "sender_died")
    assert not sms.exists()


class SlowBackend(EmailBackend):
    """Hangs until its lease is over and another sender has sent the message; then it fails."""

    def send_messages(self, messages):
        project.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        assert send_messages(at=NOW + LEASE + SECOND) == 1
        raise TimeoutError


def test_sender_that_hung_does_not_undo_what_another_has_sent(settings, mailoutbox):
    settings.EMAIL_BACKEND = f"{SlowBackend.__module__}.{SlowBackend.__qualname__}"
    message = letter()
    assert send_messages(at=NOW) == 0
    assert state(message)[0] == "sent"
    assert send_messages(at=NOW + dt.timedelta(days=1)) == 0
    assert len(mailoutbox) == 1


# The watching sender ----------------------------------------------------------------------------------------


def wait_for(condition) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)


@pytest.mark.django_db(transaction=True)
def test_watching_sender_sends_what_comes_and_stops_when_asked(sms):
    first = booked(created_at=timezone.now(), due_at=timezone.now())
    watch = subprocess.Popen(
        [sys.executable, "manage.py", "send_messages", "--watch"],
        cwd=project.BASE_DIR,
        env=os.environ | environment() | {"SMS_URL": project.SMS_URL},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with watch:
        try:
            wait_for(lambda: state(first)[0] == "sent")
            second = booked(created_at=timezone.now(), due_at=timezone.now())
            wait_for(lambda: state(second)[0] == "sent")
            watch.terminate()
            assert watch.wait(timeout=10) == 0, watch.stdout.read()
        finally:
            watch.kill()
    assert len(list(sms.iterdir())) == 2
