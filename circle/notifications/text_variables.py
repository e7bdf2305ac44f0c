"""The variables of a vendor's template, each as short as the vendor takes it."""

import datetime as dt
import re

from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from circle.formats.language import is_english
from circle.models import Message
from circle.notifications.events import VARIABLE_CHARS, message_events

MOMENTS = ("starts_at", "expires_at")
WIPED = "······"


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
