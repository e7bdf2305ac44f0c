"""The text of a message: in full for page, e-mail and slip, and short for a text message.

A text message holds 70 characters in Chinese (UCS-2) and 160 in English (GSM 03.38); a longer one is cut into
parts of 67 and 153. Vendors put the signature before an approved wording and accept only named values for
it, each of at most 20 characters.
"""

import datetime as dt
import re

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from circle.formats.language import is_english
from circle.models import Message
from circle.notifications.events import SIGNATURE_CHARS, VARIABLE_CHARS, message_events

MOMENTS = ("starts_at", "expires_at")
WIPED = "······"


def text_of(message: Message) -> str:
    """The message in full in its recipient's language; wiped values are shown as dots."""
    if message.channel == Message.Channel.GROUP:
        return str(message.values["text"])
    values = {
        name: localtime(dt.datetime.fromisoformat(value)) if name.endswith("_at") else value
        for name, value in message.all_values.items()
    }
    with translation.override(message.language):
        return render_to_string(
            f"messages/{message.event}.txt", values | {"community": message.community}
        ).strip()


def short_text_of(message: Message) -> str:
    """The message as a text message, with the community's signature."""
    with translation.override(message.language):
        text = render_to_string(f"messages/sms/{message.event}.txt", variables_of(message)).strip()
        return _("%(community)s: %(text)s") % {"community": signature_of(message), "text": text}


def signature_of(message: Message) -> str:
    """The community's name as vendors register it, without the 【】 that they add."""
    return clip_text(message.community.name, SIGNATURE_CHARS["en" if is_english(message.language) else "zh"])


def variables_of(message: Message) -> dict[str, str]:
    """The named values of the text message, in the order of its event."""
    in_english = is_english(message.language)
    with translation.override(message.language):
        known = message.all_values | {
            "when": when_text(message),
            "real": message.code,
            "phone": first_phone(message.community.phone),
        }
        return {
            name: clip_text(str(known.get(name, WIPED)), VARIABLE_CHARS if in_english else most)
            for name, most in message_events()[message.event].variables.items()
        }


def wording_to_submit(event: str, language: str) -> str:
    """The wording to be approved by a vendor, with ${names} for the values."""
    with translation.override(language):
        names = {name: f"${{{name}}}" for name in message_events()[event].variables}
        return render_to_string(f"messages/sms/{event}.txt", names).strip()


def when_text(message: Message) -> str:
    """Day and hour without the weekday; `has_time: 0` in the values means that the hour is still open."""
    values = message.values
    moment = next((values[name] for name in MOMENTS if values.get(name)), None)
    if moment is None:
        return _("time to be agreed")
    local = localtime(dt.datetime.fromisoformat(moment))
    parts = {"day": local.day, "month": local.month, "time": f"{local:%H:%M}"}
    if values.get("has_time", 1):
        return _("%(day)s/%(month)s %(time)s") % parts
    return _("%(day)s/%(month)s") % parts


def clip_text(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    return text[: most - 1].rstrip() + ("…" if not text.isascii() else ".")


def first_phone(phone: str) -> str:
    """The first of several numbers, short enough for a text message never to cut it."""
    first = re.split(r"[,/]", phone)[0].strip()
    return first if len(first) <= 14 else re.sub(r"[ -]", "", first)
