"""The composition that passwords of staff must have, as a Django password validator."""

import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MIN_KINDS = 3


class CharacterKindsValidator:
    """Three of: lower case, upper case, digits, other characters (GB/T 22239-2019).

    Refuses: password_too_plain.
    """

    def validate(self, password: str, user: Any = None) -> None:
        if len({character_kind(character) for character in password}) < MIN_KINDS:
            raise ValidationError(self.get_help_text(), code="password_too_plain")

    def get_help_text(self) -> str:
        return _("Mix at least three of these: small letters, capital letters, digits, other signs.")


def character_kind(character: str) -> str:
    """The Unicode category of letters and digits; everything else, Chinese included, is "other"."""
    category = unicodedata.category(character)
    return category if category in ("Ll", "Lu", "Nd") else "other"
