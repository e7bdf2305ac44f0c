"""Chooses the channel of a message and sends it. RefusedError is final; any other error may be temporary."""

import json
import os
import sys
from pathlib import Path
from smtplib import SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from circle.identifiers.phone_numbers import is_mobile
from circle.models import Message, MessagePreference, SmsTemplate
from circle.notifications.gateway import post_message
from circle.notifications.gateway_shapes import RefusedError
from circle.notifications.groups import send_to_group
from circle.notifications.text_variables import variables_of
from circle.notifications.texts import short_text_of, signature_of, text_of

Channel = Message.Channel
ADDRESS_CODE = "address_code"  # goes to the address that it confirms, and nowhere else
USUAL_ORDER = [Channel.SMS, Channel.WECHAT, Channel.EMAIL, Channel.DESK]


def channel_for(message: Message) -> str:
    """The first channel that can reach the recipient now, their preferred one first.

    Refuses: no_channel (a login without a resident, whom nobody can visit).
    """
    if message.channel == Channel.GROUP or message.event == ADDRESS_CODE:
        return message.channel
    preference = preference_of(message)
    order = [preference.first_channel, *USUAL_ORDER] if preference else USUAL_ORDER
    for channel in order:
        if can_reach(message, channel, preference):
            return channel
    raise RefusedError("no_channel")


def can_reach(message: Message, channel: str, preference: MessagePreference | None) -> bool:
    if channel == Channel.SMS:
        return bool(phone_of(message))
    if channel == Channel.WECHAT:
        return bool(settings.WECHAT_URL and preference and preference.wechat_confirmed_at)
    if channel == Channel.EMAIL:
        return bool(address_of(message))
    return message.resident is not None


def deliver_message(message: Message, channel: str) -> None:
    senders = {
        Channel.SMS: send_sms,
        Channel.WECHAT: send_wechat,
        Channel.EMAIL: send_email,
        Channel.GROUP: send_to_group,
    }
    senders[Channel(channel)](message)


def phone_of(message: Message) -> str:
    """The number at the time of sending, since it may have changed after the message was written."""
    numbers = [person.phone for person in (message.resident, message.user) if person]
    return next((number for number in numbers if is_mobile(number)), "")


def address_of(message: Message) -> str:
    preference = preference_of(message)
    if preference and (preference.email_confirmed_at or message.event == ADDRESS_CODE):
        return preference.email
    logins = [message.user, message.resident.login if message.resident else None]
    return next((login.email for login in logins if login and login.email), "")


def preference_of(message: Message) -> MessagePreference | None:
    return getattr(message.resident, "message_preference", None)


def send_email(message: Message) -> None:
    with translation.override(message.language):
        values = {
            "code": message.code,
            "url": f"{settings.SITE_URL}{reverse('real')}",
            "mine": f"{settings.SITE_URL}{reverse('my_messages')}",
        }
        foot = _("From us? Type the code %(code)s at %(url)s. All messages: %(mine)s") % values
        headers = {"Message-ID": f"<{message.dedupe}@{message.community.slug}>"}
        mail = EmailMessage(
            message.community.name,
            f"{text_of(message)}\n\n--\n{foot}\n",
            to=[address_of(message)],
            headers=headers,
        )
    try:
        mail.send()
    except SMTPRecipientsRefused as refusal:
        codes = [code for code, _answer in refusal.recipients.values()]
        if all(code >= 500 for code in codes):
            raise RefusedError(f"smtp_{codes[0]}") from None
        raise


def send_sms(message: Message) -> None:
    """Print it, write it to a file of its own or post it to the vendor's gateway, as SMS_URL says."""
    phone = phone_of(message)
    where = urlsplit(settings.SMS_URL)
    if where.scheme in ("http", "https"):
        send_by_gateway(message, settings.SMS_URL, settings.SMS_GATEWAY, settings.SMS_SECRET, to=phone)
    elif where.scheme == "console":
        sys.stdout.write(f"SMS {phone}: {short_text_of(message)}\n")
        sys.stdout.flush()
    else:
        write_sms_file(message, phone, Path(where.path))


def write_sms_file(message: Message, phone: str, folder: Path) -> None:
    """Readable by its owner alone: a sign-in code and whose it is stand in it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = f"{message.dedupe.replace('/', '_').replace(':', '_')}.json"
    content = {"to": phone, "text": short_text_of(message)}
    handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        os.fchmod(handle, 0o600)  # one that an earlier version has left
        json.dump(content, file, ensure_ascii=False)


def send_wechat(message: Message) -> None:
    """To the WeChat account of one person; never to a group."""
    preference = preference_of(message)
    to = preference.wechat if preference else ""
    send_by_gateway(message, settings.WECHAT_URL, settings.WECHAT_GATEWAY, settings.WECHAT_SECRET, to=to)


def send_by_gateway(message: Message, url: str, shape: dict[str, object], secret: str, *, to: str) -> None:
    """Post it, with the vendor's approved template where the setting names a vendor.

    Refuses: no_template.
    """
    variables = variables_of(message)
    values = {
        "to": to,
        "text": short_text_of(message),
        "signature": signature_of(message),
        "id": message.dedupe,
        "template": "",
        "variables": json.dumps(variables, ensure_ascii=False),
    }
    values |= {f"value_{name}": value for name, value in variables.items()}
    if shape.get("vendor"):
        row = SmsTemplate.objects.filter(
            vendor=shape["vendor"], event=message.event, language=message.language
        ).first()
        if row is None:
            raise RefusedError("no_template")
        values["template"] = row.template
    post_message(url, shape=shape, values=values, secret=secret, message_id=message.dedupe)
