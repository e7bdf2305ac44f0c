"""The outbox. `notify` writes a row in the transaction that it tells of; `send_messages` sends it later.

Nobody is told twice of the same thing (`dedupe` is unique), and nothing is lost: a row whose sender died is
sent again once its lease is over, under the same dedupe id, so that a gateway can drop the second copy.
"""

import datetime as dt
import json
import logging
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F, QuerySet
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.timezone import localtime

from circle.models import Community, Message, Resident, User
from circle.phones import is_mobile
from circle.vault import seal

log = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=5)
BACK_OFF = [dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120)]
SECRETS_LIVE = dt.timedelta(minutes=15)
BATCH = 200

# A text in both languages, (zh, en); the recipient's one is stored.
Pair = tuple[str, str]
Value = str | int | dt.datetime | dt.date | Pair


def notify(
    *,
    event: str,
    community: Community | int,
    at: dt.datetime,
    dedupe: str,
    resident: Resident | None = None,
    user: User | None = None,
    values: Mapping[str, Value] | None = None,
    secret: Mapping[str, str] | None = None,
) -> None:
    """Put one message into the outbox, unless one with this dedupe id is there.

    To the resident where given, over a phone of their own or else of `user` (the one who acts for them);
    over no phone at all it becomes a task for staff. `values` fill templates/messages/<event>.txt: ids,
    codes, times, names of places and items, never a person's. `secret` values are sealed and wiped once sent.
    """
    if resident is None and user is None:
        raise ValueError("a message needs somebody to read it")
    language = resident.language if resident else translation.get_language() or settings.LANGUAGE_CODE
    shown = {name: plain(value, language) for name, value in (values or {}).items()}
    hidden: dict[str, str | int] = dict(secret or {})
    if settings.DEBUG:  # the demo's staff read sign-in codes in the outbox
        shown, hidden = shown | hidden, {}
    message = Message(
        community_id=community if isinstance(community, int) else community.pk,
        resident=resident,
        user=user,
        channel=channel_for(resident, user),
        language=language,
        event=event,
        values=shown,
        secret_sealed=seal(json.dumps(hidden)) if hidden else "",
        dedupe=dedupe,
        created_at=at,
        due_at=at,
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)


def plain(value: Value, language: str) -> str | int:
    if isinstance(value, tuple):
        zh, en = value
        return (en or zh) if language.startswith("en") else (zh or en)
    return value.isoformat() if isinstance(value, dt.date) else value


def channel_for(resident: Resident | None, user: User | None) -> str:
    if any(person and is_mobile(person.phone) for person in (resident, user)):
        return Message.Channel.SMS
    return Message.Channel.EMAIL if user and user.email else Message.Channel.DESK


def text_of(message: Message) -> str:
    """The message in its recipient's language; what was wiped shows as dots."""
    values = {
        name: localtime(dt.datetime.fromisoformat(value)) if name.endswith("_at") else value
        for name, value in message.all_values.items()
    }
    with translation.override(message.language):
        return render_to_string(
            f"messages/{message.event}.txt", values | {"community": message.community}
        ).strip()


def send_messages(*, at: dt.datetime, limit: int = BATCH) -> int:
    """Send what is due, oldest first; the number sent. Safe to run late, twice or on two machines at once."""
    due = Message.objects.due(at).order_by("due_at", "id").values_list("pk", flat=True)[:limit]
    return sum(send_one(pk, at) for pk in list(due))


def send_one(pk: int, at: dt.datetime) -> bool:
    claimed = (
        Message.objects.due(at)
        .filter(pk=pk)
        .update(status=Message.Status.SENDING, lease_until=at + LEASE, attempts=F("attempts") + 1)
    )
    if not claimed:  # another sender has it
        return False
    message = Message.objects.select_related("community", "resident", "user").get(pk=pk)
    try:
        deliver(message)
    except Exception as error:  # whatever a gateway does, the other messages must go out
        put_back(message, at, type(error).__name__)
        return False
    still_ours(message).update(
        status=Message.Status.SENT, sent_at=at, secret_sealed="", lease_until=None, fault=""
    )
    return True


def put_back(message: Message, at: dt.datetime, fault: str) -> None:
    """Try again later, or give up. The fault's kind is kept, not its text: that may hold a phone number."""
    log.warning("message %s not delivered: %s", message.pk, fault)
    given_up = message.attempts > len(BACK_OFF)
    changes: dict[str, Any] = {"status": Message.Status.DEAD, "secret_sealed": ""}
    if not given_up:
        changes = {"status": Message.Status.QUEUED, "due_at": at + BACK_OFF[message.attempts - 1]}
    still_ours(message).update(fault=fault[:120], lease_until=None, **changes)


def still_ours(message: Message) -> "QuerySet[Message]":
    """The row, unless another sender has taken it over since: that one's outcome counts."""
    return Message.objects.filter(pk=message.pk, status=Message.Status.SENDING, attempts=message.attempts)


def deliver(message: Message) -> None:
    """Over the message's channel; raises whatever goes wrong."""
    text = text_of(message)
    if message.channel == Message.Channel.SMS:
        send_sms(phone_of(message), text, message.dedupe)
    else:
        address = message.user.email if message.user else None
        if not address:
            raise LookupError("no e-mail address")
        headers = {"Message-ID": f"<{message.dedupe}@{message.community.slug}>"}
        EmailMessage(message.community.name, text, to=[address], headers=headers).send()


def phone_of(message: Message) -> str:
    """Resolved now, not when the message was written: a number changed since is the right one."""
    numbers = [person.phone for person in (message.resident, message.user) if person]
    return next((number for number in numbers if is_mobile(number)), "")


def send_sms(phone: str, text: str, dedupe: str) -> None:
    """Print it, or put it into a file of its own, by SMS_URL."""
    if not phone:
        raise LookupError("no phone number")
    where = urlsplit(settings.SMS_URL)
    if where.scheme == "console":
        sys.stdout.write(f"SMS {phone}: {text}\n")
        sys.stdout.flush()
        return
    folder = Path(where.path)
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{dedupe.replace('/', '_').replace(':', '_')}.json"
    (folder / name).write_text(json.dumps({"to": phone, "text": text}, ensure_ascii=False), encoding="utf-8")


def wipe_old_secrets(at: dt.datetime) -> int:
    """A code that nobody sent in time is of use to a thief only, and a message without its code to nobody."""
    stale = Message.objects.exclude(secret_sealed="").filter(created_at__lt=at - SECRETS_LIVE)
    return stale.update(secret_sealed="", status=Message.Status.DEAD, fault="outdated")
