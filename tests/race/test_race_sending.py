"""Senders are killed, stopped and run side by side: nothing is lost, nothing goes out twice without need."""

import datetime as dt
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.utils import timezone

from circle.identifiers.encryption import seal_text
from circle.models import Message
from circle.notifications import send_messages
from circle.notifications.channels import deliver_message
from circle.notifications.watch import ALIVE_KEY, is_watched
from tests import make
from tests.browser.demo_site import ROOT
from tests.circle import receivers
from tests.race.children import AT_MOST, environment

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

SHAPE = '{"body": {"to": "$to", "text": "$text"}}'
VALUES = {"code": "K7M2ABCD", "starts_at": "2026-11-25T09:30:00+08:00", "item": "老年证", "place": "大厅"}


@pytest.fixture
def vendor(settings) -> Iterator[receivers.Gateway]:
    with receivers.gateway() as found:
        settings.SMS_URL, settings.SMS_GATEWAY = found.url, {"body": {"to": "$to"}}
        yield found


@pytest.fixture
def post_office() -> Iterator[receivers.Mailbox]:
    with receivers.mail_server() as found:
        yield found


@contextmanager
def sender(
    line: receivers.Gateway | receivers.Mailbox, *options: str, **more: str
) -> Iterator[subprocess.Popen]:
    if isinstance(line, receivers.Gateway):
        gateway = {"SMS_URL": line.url, "SMS_GATEWAY": SHAPE}
    else:
        gateway = {"EMAIL_URL": f"smtp://127.0.0.1:{line.port}"}
    with subprocess.Popen(
        [sys.executable, "manage.py", "send_messages", *options],
        cwd=ROOT,
        env=environment() | gateway | more,
        stdout=subprocess.DEVNULL,
    ) as process:
        try:
            yield process
        finally:
            process.kill()
            process.wait()
            cache.delete(ALIVE_KEY)  # the cache's table outlives a test


def waiting(number: int, **values: Any) -> list[Message]:
    resident, now = make.resident(phone=make.mobile()), timezone.now()
    moments = {"created_at": now, "due_at": now}
    return [
        make.message(**{"event": "booking_made", "values": VALUES, "resident": resident} | moments | values)
        for _ in range(number)
    ]


def letters(number: int) -> list[Message]:
    reader, now = make.user(), timezone.now()
    values = {"event": "booking_made", "values": VALUES, "channel": "email", "resident": None, "user": reader}
    return [make.message(created_at=now, due_at=now, **values) for _ in range(number)]


def on_each(line: receivers.Gateway | receivers.Mailbox, bell: Callable[[], object]) -> None:
    """Ring when a message has come and before it is answered."""
    if isinstance(line, receivers.Mailbox):
        line.came = bell
    else:
        line.answer = lambda _body: (bell(), (200, {}))[1]


def states() -> Counter[str]:
    return Counter(Message.objects.values_list("status", flat=True))


@pytest.mark.parametrize("line", ["vendor", "post_office"])
def test_killed_sender_loses_nothing_and_what_goes_twice_has_one_id(line, request):
    """Killed when the other side has taken the fifth message and has not yet said so."""
    messages = waiting(8) if line == "vendor" else letters(8)
    line = request.getfixturevalue(line)
    with sender(line) as first:
        on_each(line, lambda: len(line.ids) == 5 and os.kill(first.pid, signal.SIGKILL))
        assert first.wait(AT_MOST) == -signal.SIGKILL
    assert states() == {"sent": 4, "sending": 1, "queued": 3}
    on_each(line, lambda: None)
    with sender(line) as early:
        assert early.wait(AT_MOST) == 0
    assert states() == {"sent": 7, "sending": 1}
    Message.objects.filter(status="sending").update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    with sender(line) as late:
        assert late.wait(AT_MOST) == 0
    assert states() == {"sent": 8}
    times = Counter(line.ids)
    assert set(times) == {message.dedupe for message in messages}
    assert sorted(times.values()) == [1] * 7 + [2]
    assert times[messages[4].dedupe] == 2


@contextmanager
def mute_server() -> Iterator[tuple[int, threading.Event]]:
    """Accepts every connection and says nothing; its port, and when the first has come."""
    came, open_lines = threading.Event(), []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def accept() -> None:
            with suppress(OSError):  # closed below
                while True:
                    open_lines.append(server.accept()[0])
                    came.set()

        threading.Thread(target=accept, daemon=True).start()
        yield server.getsockname()[1], came
    for line in open_lines:
        line.close()


def test_mute_mail_server_holds_up_no_code(vendor):
    """Fifty mails wait for an answer that does not come; they were there before the code."""
    letters(50)
    with mute_server() as (port, came):
        mail = {"EMAIL_URL": f"smtp://127.0.0.1:{port}"}
        with sender(vendor, "--watch", **mail):
            assert came.wait(AT_MOST)
            begun = time.monotonic()
            waiting(1, event="sign_in_code", secret_sealed=seal_text('{"code": "314159"}'))
            while not vendor.ids and time.monotonic() - begun < AT_MOST:
                time.sleep(0.02)
            assert time.monotonic() - begun <= 2
            assert is_watched()
            while not states()["sent"] and time.monotonic() - begun < AT_MOST:
                time.sleep(0.02)  # noted by the sender a moment after the other side has it
    assert states()["sent"] == 1


def test_two_senders_at_once_send_each_message_once(vendor):
    messages = waiting(30)

    def slowly(body):
        time.sleep(0.02)
        return 200, {}

    vendor.answer = slowly
    with sender(vendor) as one, sender(vendor) as other:
        assert [one.wait(AT_MOST), other.wait(AT_MOST)] == [0, 0]
    assert Counter(vendor.ids) == {message.dedupe: 1 for message in messages}
    assert states() == {"sent": 30}


def test_senders_that_do_not_claim_send_twice(vendor, at_once):
    """The control: without the claim the same two senders tell people twice."""
    waiting(10)
    have_read = threading.Barrier(2)

    def naive() -> None:
        found = list(Message.objects.due(timezone.now()).with_recipient())
        have_read.wait(20)
        for message in found:
            deliver_message(message, "sms")
            Message.objects.filter(pk=message.pk).update(status="sent", sent_at=timezone.now())

    at_once(naive, naive)
    assert set(Counter(vendor.ids).values()) == {2}


def test_lease_of_a_message_begins_with_its_own_turn(vendor):
    """A batch that takes longer than a lease leaves its last messages to nobody else."""
    last = waiting(3)[-1]
    at = timezone.now()
    leases = []

    def note_and_wait(body):
        time.sleep(0.3)
        leases.append(Message.objects.get(status="sending").lease_until)
        connection.close()
        return 200, {}

    vendor.answer = note_and_wait
    assert send_messages(at=at) == 3
    assert leases[-1] - leases[0] >= dt.timedelta(seconds=0.6)
    last.refresh_from_db()
    assert (last.status, last.sent_at) == ("sent", at)


def test_watching_sender_finishes_the_message_at_hand_when_it_is_stopped(vendor):
    first, second = waiting(2)
    came, go_on = threading.Event(), threading.Event()

    def hold(body):
        came.set()
        go_on.wait(AT_MOST)
        return 200, {}

    vendor.answer = hold
    with sender(vendor, "--watch") as watch:
        assert came.wait(AT_MOST)
        watch.terminate()
        time.sleep(0.5)
        assert watch.poll() is None
        go_on.set()
        assert watch.wait(AT_MOST) == 0
    for message in (first, second):
        message.refresh_from_db()
    assert [(first.status, first.attempts), (second.status, second.attempts)] == [("sent", 1), ("queued", 0)]
    assert vendor.ids == [first.dedupe]
