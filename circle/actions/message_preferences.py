"""Message preferences: how residents want to be notified."""

import datetime as dt
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, RegexValidator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.actions.message_addresses import send_address_codes
from circle.audit.log import record
from circle.models import Message, MessagePreference, Resident, User


@transaction.atomic
def set_message_preference(
    *,
    resident: Resident,
    first_channel: str,
    language: str,
    at: dt.datetime,
    by: User,
    at_any_hour: bool = False,
    quiet_from: dt.time | None = None,
    quiet_to: dt.time | None = None,
    email: str | None = None,
    wechat: str | None = None,
) -> MessagePreference:
    """Save how a resident wants to be notified; it also applies to messages that wait already.

    `email` and `wechat` are for messages alone; None leaves them unchanged, "" removes them. A new one gets a
    code, and nothing else until that has come back (`confirm_address`).
    Refuses: quiet_needs_both, resident_gone, email_invalid, wechat_invalid, address_missing (of the
    preferred channel).
    """
    if (quiet_from is None) != (quiet_to is None):
        raise ValidationError(_("Quiet hours need a beginning and an end."), code="quiet_needs_both")
    if resident.died_on:
        raise ValidationError(_("Nothing can be arranged for this person any more."), code="resident_gone")
    values = {
        "first_channel": first_channel,
        "at_any_hour": at_any_hour,
        "quiet_from": None if at_any_hour else quiet_from,
        "quiet_to": None if at_any_hour else quiet_to,
    }
    preference, _is_new = MessagePreference.objects.update_or_create(resident=resident, defaults=values)
    addresses = save_addresses(preference, email, wechat)
    check_channel_address(preference, resident)
    if resident.language != language:
        resident.language = language
        resident.save(update_fields=["language"])
    record(
        verb="message_wish_changed",
        subject=resident,
        community=resident.community_id,
        at=at,
        actor=by,
        channel=first_channel,
        language=language,
        **addresses,
    )
    if preference.unconfirmed and any(text == "kept" for text in addresses.values()):
        with suppress(ValidationError):  # too many codes: another one can be asked for later
            send_address_codes(preference=preference, at=at)
    return preference


def save_addresses(preference: MessagePreference, email: str | None, wechat: str | None) -> dict[str, str]:
    """Set the addresses; returns for the audit record which were set or removed, never the addresses."""
    if email:
        refuse_invalid_address(
            EmailValidator(), email, _("Enter an e-mail address such as name@example.org."), "email"
        )
    if wechat:
        sentence = _("This is no id of WeChat: 6 to 64 letters, digits, hyphens and underlines.")
        refuse_invalid_address(RegexValidator(r"^[A-Za-z0-9_-]{6,64}\Z"), wechat, sentence, "wechat")
    given = {"email": email, "wechat": wechat}
    for name, address in given.items():
        if address is not None and address != getattr(preference, name):
            setattr(preference, name, address)
            setattr(preference, f"{name}_confirmed_at", None)
    preference.save()
    return {name: "kept" if text else "taken_off" for name, text in given.items() if text is not None}


def refuse_invalid_address(validator: Callable[[str], None], text: str, sentence: Any, name: str) -> None:
    try:
        validator(text)
    except ValidationError:
        raise ValidationError(sentence, code=f"{name}_invalid") from None


def check_channel_address(preference: MessagePreference, resident: Resident) -> None:
    has_email = preference.email_sealed or (resident.login and resident.login.email)
    addresses = {Message.Channel.EMAIL: has_email, Message.Channel.WECHAT: preference.wechat_sealed}
    if not addresses.get(Message.Channel(preference.first_channel), True):
        raise ValidationError(
            _("Enter the address for this way too, or choose another way."), code="address_missing"
        )
