"""Sends the outbox: claims what is due, sends it, and queues again what failed for now."""

import datetime as dt
import logging
import time

from django.db.models import Case, F, Q, QuerySet, When

from circle.models import Message
from circle.notifications.channels import channel_for, deliver_message
from circle.notifications.events import message_events
from circle.notifications.gateway_shapes import RefusedError
from circle.notifications.groups import is_still_public
from circle.notifications.in_person import in_person_assignee
from circle.notifications.outbox import can_be_notified
from circle.notifications.pauses import Pauses
from circle.notifications.quiet import end_of_quiet
from circle.notifications.still_true import NO_LONGER_TRUE, find_untrue

log = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=5)
BACK_OFF = [dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120)]
BATCH = 200

Status = Message.Status


def send_messages(
    *,
    at: dt.datetime,
    limit: int = BATCH,
    also_at_night: bool = False,
    codes: bool | None = None,
    pauses: Pauses | None = None,
) -> int:
    """Send what is due, codes first, then the oldest; returns the number sent.

    Safe to run late, twice or on two machines. `codes`: those of a few minutes alone, or all but those.
    """
    due = due_messages(at, codes).values_list("pk", flat=True)[:limit]
    begun = time.monotonic()

    def lease() -> dt.datetime:
        """For each message its own: one for a slow batch would run out before the last message's turn."""
        return at + dt.timedelta(seconds=time.monotonic() - begun) + LEASE

    return sum(send_one(pk, at, lease(), also_at_night, pauses) for pk in list(due))


def due_messages(at: dt.datetime, codes: bool | None) -> "QuerySet[Message]":
    short_lived = [name for name, event in message_events().items() if event.has_secret]
    is_code = Q(event__in=short_lived)
    found = Message.objects.due(at)
    if codes is not None:
        found = found.filter(is_code if codes else ~is_code)
    return found.order_by(Case(When(is_code, then=0), default=1), "due_at", "id")


def send_one(
    pk: int, at: dt.datetime, lease_until: dt.datetime, also_at_night: bool, pauses: Pauses | None = None
) -> bool:
    claimed = (
        Message.objects.due(at)
        .filter(pk=pk)
        .update(status=Status.SENDING, lease_until=lease_until, attempts=F("attempts") + 1)
    )
    if not claimed:  # another sender has it
        return False
    message = Message.objects.with_recipient().get(pk=pk)
    try:
        if is_postponed_or_dropped(message, at, also_at_night):
            return False
        return deliver_or_assign(message, at, pauses or Pauses())
    except RefusedError as refusal:
        give_up(message, refusal.code)
    except Exception as error:  # whatever a gateway does, the other messages must still be sent
        retry_later(message, at, fault_of(error))
    return False


def is_postponed_or_dropped(message: Message, at: dt.datetime, also_at_night: bool) -> bool:
    """Whether it must not be sent, or not now; its row is then updated to say so."""
    if message.attempts > len(BACK_OFF) + 1:
        give_up(message, "sender_died")  # on every attempt, so the message may be the cause
    elif fault := reason_to_drop(message, at):
        claimed_rows(message).update(status=Status.DROPPED, secret_sealed="", lease_until=None, fault=fault)
    elif not also_at_night and (later := end_of_quiet(message, at)):
        postpone_message(message, later)
    else:
        return False
    return True


def reason_to_drop(message: Message, at: dt.datetime) -> str:
    """Its recipient has died or was erased, what it posts to the group is no longer public, or what it says
    is no longer true; empty where it may be sent."""
    if message.channel == Message.Channel.GROUP:
        return "" if is_still_public(message, at) else "gone"
    if message.resident and not can_be_notified(message.resident):
        return "gone"
    return NO_LONGER_TRUE if find_untrue([message], at) else ""


def deliver_or_assign(message: Message, at: dt.datetime, pauses: Pauses) -> bool:
    channel = channel_for(message)
    if later := pauses.end_of(channel, at):
        postpone_message(message, later)
        return False
    if channel == Message.Channel.DESK:  # it becomes a task for staff
        desk = {"channel": channel, "status": Status.QUEUED, "attempts": 0}
        desk["assigned_to"] = in_person_assignee(message.resident, at)
        claimed_rows(message).update(due_at=at, lease_until=None, fault="", **desk)
        return False
    deliver_noting_faults(message, channel, at, pauses)
    claimed_rows(message).update(
        status=Status.SENT, channel=channel, sent_at=at, secret_sealed="", lease_until=None, fault=""
    )
    return True


def deliver_noting_faults(message: Message, channel: str, at: dt.datetime, pauses: Pauses) -> None:
    """A refusal is an answer, so the channel works."""
    failed = True
    try:
        deliver_message(message, channel)
        failed = False
    except RefusedError:
        failed = False
        raise
    finally:
        pauses.note(channel, failed=failed, at=at)


def postpone_message(message: Message, later: dt.datetime) -> None:
    """Waiting is no failed attempt."""
    wait = {"due_at": later, "lease_until": None, "attempts": F("attempts") - 1}
    claimed_rows(message).update(status=Status.QUEUED, **wait)


def retry_later(message: Message, at: dt.datetime, fault: str) -> None:
    """Queue it again after a growing delay, or give up after the last attempt."""
    if message.attempts > len(BACK_OFF):
        give_up(message, fault)
        return
    log.warning("message %s not delivered: %s", message.pk, fault)
    due_at = at + BACK_OFF[message.attempts - 1]
    claimed_rows(message).update(status=Status.QUEUED, due_at=due_at, lease_until=None, fault=fault)


def give_up(message: Message, fault: str) -> None:
    """Mark it undelivered; staff decide what becomes of it."""
    log.warning("message %s given up: %s", message.pk, fault)
    claimed_rows(message).update(status=Status.DEAD, secret_sealed="", lease_until=None, fault=fault)


def fault_of(error: Exception) -> str:
    """The error's class, not its text, which may hold a phone number; for a gateway also its HTTP status."""
    kind = type(error).__name__
    text = str(error)
    return text if kind == "ConnectionError" and text.startswith("http_") else kind[:120]


def claimed_rows(message: Message) -> "QuerySet[Message]":
    """The row, unless another sender has claimed it since: then that sender's outcome counts."""
    return Message.objects.filter(pk=message.pk, status=Status.SENDING, attempts=message.attempts)
