"""ID numbers and phones within a text that becomes public."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Six digits of a place, the day of birth, and four more signs; blanks and hyphens may stand between.
BORN = r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
ID_NUMBER = re.compile(rf"(?<![0-9])[1-9][0-9]{{5}}[ -]?{BORN}[ -]?[0-9]{{3}}[0-9Xx](?![0-9])")
MOBILE = r"(?<![0-9])(?:\+?86[ -]?)?1[3-9][0-9](?:[ -]?[0-9]){8}(?![0-9])"
LANDLINE = r"(?<![0-9-])0[0-9]{2,3}[ -][0-9]{7,8}(?![0-9])"
PHONE = re.compile(f"{MOBILE}|{LANDLINE}")


def find_id_numbers(text: str) -> list[str]:
    return ID_NUMBER.findall(unicodedata.normalize("NFKC", text))


def refuse_id_numbers(*texts: str) -> None:
    """Refuses: id_number_shown."""
    if any(find_id_numbers(text) for text in texts):
        raise ValidationError(
            _("This becomes public and has an ID number in it. Take it out."), code="id_number_shown"
        )


def refuse_phones(*texts: str) -> None:
    """Refuses: personal_data_shown."""
    found = [phone for text in texts for phone in PHONE.findall(unicodedata.normalize("NFKC", text))]
    if found:
        raise personal_data_error(found)


def personal_data_error(found: list[str]) -> ValidationError:
    return ValidationError(
        _("Everybody reads this: %(found)s. Say it without."),
        code="personal_data_shown",
        params={"found": ", ".join(found)},
    )
