"""Phone numbers as people type them: with blanks, +86, full-width digits."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOBILE = re.compile(r"1[3-9][0-9]{9}")
LANDLINE = re.compile(r"0[0-9]{9,11}|[2-8][0-9]{6,7}")
ABROAD = re.compile(r"^(\+|00)86|^86(?=1[0-9]{10}$)")


def normalise_phone(text: str) -> str:
    """The digits as dialled inside the country, without +86."""
    digits = re.sub(r"[\s\-()]", "", unicodedata.normalize("NFKC", text))
    national = ABROAD.sub("", digits)
    # From abroad an area code is dialled without its 0. None begins with 1 but Beijing's, 010.
    is_landline = national != digits and (national[:2] == "10" or national[:1] not in ("0", "1"))
    return f"0{national}" if is_landline else national


def parse_mobile(text: str) -> str:
    """The eleven digits of a mobile number.

    Refuses: phone_invalid.
    """
    number = normalise_phone(text)
    if not MOBILE.fullmatch(number):
        raise ValidationError(
            _("Enter a mobile number of eleven digits, such as 138 0013 8000."), code="phone_invalid"
        )
    return number


def parse_phone(text: str) -> str:
    """The digits of a mobile or landline number.

    Refuses: phone_invalid.
    """
    number = normalise_phone(text)
    if not (MOBILE.fullmatch(number) or LANDLINE.fullmatch(number)):
        raise ValidationError(
            _("Enter a mobile number of eleven digits, or a landline with its area code."),
            code="phone_invalid",
        )
    return number


def is_mobile(number: str) -> bool:
    return bool(MOBILE.fullmatch(number))
