"""Titles that become public at once."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from council.actions.private_parts import refuse_private_parts
from council.actions.topics import plain_line, refuse_too_long

TITLE_LENGTH, ENGLISH_LENGTH = 120, 180


def checked_title(community: int, title_zh: str, title_en: str = "") -> tuple[str, str]:
    """Refuses: title_missing, text_too_long, id_number_shown, personal_data_shown."""
    title, english = plain_line(title_zh), plain_line(title_en)
    if not title:
        raise ValidationError(_("Give the item a title."), code="title_missing")
    refuse_too_long(title, TITLE_LENGTH)
    refuse_too_long(english, ENGLISH_LENGTH)
    refuse_private_parts(community, title, english)
    return title, english
