"""Writes messages to the outbox, in the transaction of the event they report."""

import datetime as dt
import json
from collections.abc import Mapping

from django.conf import settings
from django.utils import translation

from circle.formats.language import is_english
from circle.identifiers.encryption import seal_text
from circle.identifiers.phone_numbers import is_mobile
from circle.models import Community, Message, MessagePreference, Resident, User
from circle.notifications.events import message_events
from circle.notifications.in_person import in_person_assignee

SECRET_LIFETIME = dt.timedelta(minutes=15)

# A text in both languages, (zh, en); only the recipient's language is stored.
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
    channel: str = "",
) -> None:
    """Put one message into the outbox, unless it holds one with this dedupe id.

    `event` is a row of the hook `message_events`. It goes to the resident where given, over their own phone
    or else that of `user` (who acts for them); where nothing reaches them it becomes a task for staff.
    Nothing is written to a resident who has died or was erased. One who has moved away is notified
    like everybody, because each event concerns something its recipient has arranged.
    `values` fill templates/messages/<event>.txt and sms/<event>.txt: ids, codes, times, names of places and
    items, never of a person. `secret` values are encrypted, and wiped once sent. `channel` is for the event
    whose channel is not chosen anew when it is sent.
    """
    if resident is None and user is None:
        raise ValueError("a message needs somebody to read it")
    if event not in message_events():
        raise KeyError(f"no app names the event {event}")
    if resident and not can_be_notified(resident):
        return
    language = resident.language if resident else translation.get_language() or settings.LANGUAGE_CODE
    shown = {name: localise_value(value, language) for name, value in (values or {}).items()}
    hidden: dict[str, str | int] = dict(secret or {})
    if settings.DEBUG:  # the demo's staff read sign-in codes in the outbox
        shown, hidden = shown | hidden, {}
    channel = channel or expected_channel(resident, user)
    message = Message(
        community_id=community if isinstance(community, int) else community.pk,
        resident=resident,
        user=user,
        channel=channel,
        assigned_to_id=in_person_assignee(resident, at) if channel == Message.Channel.DESK else None,
        language=language,
        event=event,
        values=shown,
        secret_sealed=seal_text(json.dumps(hidden)) if hidden else "",
        dedupe=dedupe,
        created_at=at,
        due_at=at,
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)


def can_be_notified(resident: Resident) -> bool:
    """False for a resident who has died or was erased."""
    return resident.died_on is None and resident.erased_at is None


def localise_value(value: Value, language: str) -> str | int:
    if isinstance(value, tuple):
        zh, en = value
        return (en or zh) if is_english(language) else (zh or en)
    return value.isoformat() if isinstance(value, dt.date) else value


def expected_channel(resident: Resident | None, user: User | None) -> str:
    """The likely channel, with a query only where there is no mobile phone; the sender decides anew."""
    if any(person and is_mobile(person.phone) for person in (resident, user)):
        return Message.Channel.SMS
    has_address = MessagePreference.objects.filter(resident=resident, email_confirmed_at__isnull=False).exists
    return Message.Channel.EMAIL if (user and user.email) or has_address() else Message.Channel.DESK


def drop_messages(resident: Resident) -> int:
    """Drop what still waits for this person; returns the number dropped."""
    waiting = Message.objects.filter(resident=resident, status=Message.Status.QUEUED)
    return waiting.update(status=Message.Status.DROPPED, secret_sealed="", fault="gone")


def wipe_old_secrets(at: dt.datetime) -> int:
    """Wipe secrets past their lifetime, and give up their messages, which are useless without them."""
    stale = Message.objects.exclude(secret_sealed="").filter(created_at__lt=at - SECRET_LIFETIME)
    return stale.update(secret_sealed="", status=Message.Status.DEAD, fault="outdated")
