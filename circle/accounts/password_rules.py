import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MIN_KINDS = 3


class CharacterKindsValidator:
    """A password mixes three of: small letters, capital letters, digits, other signs (GB/T 22239-2019)."""

    def validate(self, password: str, user: Any = None) -> None:
        if len({character_kind(sign) for sign in password}) < MIN_KINDS:
            raise ValidationError(self.get_help_text(), code="password_too_plain")

    def get_help_text(self) -> str:
        return _("Mix at least three of these: small letters, capital letters, digits, other signs.")


def character_kind(sign: str) -> str:
    """By Unicode: Chinese characters are "other signs"."""
    category = unicodedata.category(sign)
    return category if category in ("Ll", "Lu", "Nd") else "other"
