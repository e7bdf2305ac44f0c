"""After a restore nothing goes out by itself that may have gone out before."""

import pytest
from django.core.management import call_command

from circle.models import Message
from circle.notifications import send_messages
from circle.notifications.holding import hold_unsent
from circle.notifications.watch import is_watched
from tests import make

pytestmark = pytest.mark.django_db
NOW = make.MORNING
VALUES = {"code": "K7M2ABCD", "starts_at": "2026-11-25T09:30:00+08:00", "item": "老年证", "place": "服务大厅"}


@pytest.fixture(autouse=True)
def sms(settings, tmp_path):
    settings.SMS_URL = f"file://{tmp_path}/sms"


def waiting(**values) -> Message:
    return make.message(**{"event": "booking_made", "values": VALUES, "due_at": NOW} | values)


def states() -> set[tuple[str, str, str]]:
    return set(Message.objects.values_list("status", "fault", "secret_sealed"))


def test_what_waits_or_was_being_sent_is_put_before_staff():
    waiting()
    waiting(status="sending", lease_until=NOW, event="sign_in_code", secret_sealed="x")
    assert hold_unsent() == 2
    assert states() == {("dead", "restored", "")}
    assert send_messages(at=NOW) == 0


def test_without_holding_it_would_go_out():
    waiting()
    assert send_messages(at=NOW) == 1


def test_what_is_done_and_what_people_carry_out_stays():
    waiting(status="sent", sent_at=NOW)
    waiting(channel="desk", resident=make.resident())
    assert hold_unsent() == 0


def test_tick_after_a_restore_sends_nothing_and_says_how_much_is_held(capsys):
    make.community()
    waiting(due_at=make.moment(-1, 9))
    call_command("tick", "--hold-messages")
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == "1 messages are held for staff"
    assert any(line.endswith("messages are left to the sender") for line in said)
    assert not is_watched()  # the next minute is an ordinary one
