"""An address for messages is used once a code that was sent there has come back."""

import datetime as dt
import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.identifiers.encryption import indexes_of
from circle.models import Message, MessagePreference, User
from circle.notifications import notify
from circle.notifications.channels import ADDRESS_CODE
from circle.notifications.outbox import SECRET_LIFETIME

MINUTE = dt.timedelta(minutes=1)
ATTEMPTS = 5
CODE_PAUSE = dt.timedelta(seconds=30)
CODES_PER_HOUR = 5
CODES_PER_DAY = 10


@transaction.atomic
def send_address_codes(*, preference: MessagePreference, at: dt.datetime) -> list[str]:
    """Send a new code to each address that is not confirmed, and to nowhere else; returns their channels.

    Refuses: nothing_there, code_too_soon (one in 30 seconds), too_many_codes (5 in an hour, 10 on a day).
    """
    rows = MessagePreference.objects.select_related("resident__community")
    preference = rows.select_for_update(of=["self"], no_key=True).get(pk=preference.pk)
    channels = preference.unconfirmed
    if not channels:
        raise ValidationError(_("Every address is confirmed already."), code="nothing_there")
    refuse_many_codes(preference, at)
    preference.code_sent_at, preference.code_attempts = at, 0
    preference.save(update_fields=["code_sent_at", "code_attempts"])
    for channel in channels:
        notify(
            event=ADDRESS_CODE,
            community=preference.resident.community,
            resident=preference.resident,
            channel=channel,
            values={"minutes": SECRET_LIFETIME // MINUTE},
            secret={"code": code_of_address(preference, channel)[0]},
            dedupe=f"{ADDRESS_CODE}:{preference.pk}:{channel}:{at.timestamp()}",
            at=at,
        )
    return channels


def refuse_many_codes(preference: MessagePreference, at: dt.datetime) -> None:
    """Counted by the messages themselves, under the lock of the row: so nobody floods a foreign address."""
    hour_ago = at - dt.timedelta(hours=1)
    midnight = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = Message.objects.filter(resident_id=preference.resident_id, event=ADDRESS_CODE)
    sent = set(rows.filter(created_at__gt=min(hour_ago, midnight)).values_list("created_at", flat=True))
    if any(each > at - CODE_PAUSE for each in sent):
        raise ValidationError(
            _("A code is on its way. You can ask for another one in half a minute."), code="code_too_soon"
        )
    in_the_hour, today = (sum(each > since for each in sent) for since in (hour_ago, midnight))
    if in_the_hour >= CODES_PER_HOUR or today >= CODES_PER_DAY:
        raise ValidationError(
            _("Many codes were sent just now. Please try again tomorrow, or phone us."), code="too_many_codes"
        )


def confirm_address(*, preference: MessagePreference, code: str, at: dt.datetime, by: User) -> str:
    """Confirm the address to which this code went; returns its channel.

    Refuses: not_matching, code_over (its lifetime, 5 attempts). An attempt counts also where it is refused.
    """
    tries = MessagePreference.objects.filter(
        pk=preference.pk, code_sent_at__gt=at - SECRET_LIFETIME, code_attempts__lt=ATTEMPTS
    )
    if not tries.update(code_attempts=F("code_attempts") + 1):
        raise ValidationError(
            _("This code is too old or was tried too often. Ask for a new one."), code="code_over"
        )
    preference.refresh_from_db()
    for channel in preference.unconfirmed:
        if any(secrets.compare_digest(each, code) for each in code_of_address(preference, channel)):
            mark_confirmed(preference, channel, at, by)
            return channel
    raise ValidationError(
        _("This is not the code we sent last. Look at the newest message."), code="not_matching"
    )


@transaction.atomic
def mark_confirmed(preference: MessagePreference, channel: str, at: dt.datetime, by: User) -> None:
    setattr(preference, f"{channel}_confirmed_at", at)
    preference.save(update_fields=[f"{channel}_confirmed_at"])
    person = preference.resident
    record(
        verb="message_address_confirmed",
        subject=person,
        community=person.community_id,
        at=at,
        actor=by,
        channel=channel,
    )


def code_of_address(preference: MessagePreference, channel: str) -> list[str]:
    """Six digits that follow from key, person, address and the moment of sending; nothing is stored."""
    index = getattr(preference, f"{channel}_index")
    sent_at = preference.code_sent_at.timestamp() if preference.code_sent_at else ""
    hashed = indexes_of(f"{ADDRESS_CODE}:{preference.pk}:{channel}:{index}:{sent_at}")
    return [f"{int(each, 16) % 1_000_000:06}" for each in hashed]
