"""The text of a message: in full for page, e-mail and slip, and short for a text message.

A text message holds 70 characters in Chinese (UCS-2) and 160 in English (GSM 03.38); a longer one is cut into
parts of 67 and 153. Vendors put the signature before an approved wording and accept only named values for
it, each of at most 20 characters.
"""

import datetime as dt

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from circle.formats.language import is_english
from circle.models import Message
from circle.notifications.events import SIGNATURE_CHARS, message_events
from circle.notifications.text_variables import clip_text, variables_of


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


def wording_to_submit(event: str, language: str) -> str:
    """The wording to be approved by a vendor, with ${names} for the values."""
    with translation.override(language):
        names = {name: f"${{{name}}}" for name in message_events()[event].variables}
        return render_to_string(f"messages/sms/{event}.txt", names).strip()
