"""What in a text would tell of a person: asked before the text becomes public for good."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Six digits of a place, the day of birth, and four more signs; blanks and hyphens may stand between.
BORN = r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
ID_NUMBER = re.compile(rf"(?<![0-9])[1-9][0-9]{{5}}[ -]?{BORN}[ -]?[0-9]{{3}}[0-9Xx](?![0-9])")
MOBILE = r"(?<![0-9])(?:\+?86[ -]?)?1[3-9][0-9](?:[ -]?[0-9]){8}(?![0-9])"
LANDLINE = r"(?<![0-9-])0[0-9]{2,3}[ -][0-9]{7,8}(?![0-9])"
FLAT_IN_WORDS = r"[0-9]{1,4} ?(?:栋|幢|号楼) ?(?:[0-9]{1,2} ?单元 ?)?[0-9]{3,4} ?室?|(?<![0-9])[0-9]{3,4} ?室"
FLAT_IN_FIGURES = r"(?<![0-9-])[0-9]{1,3}-[0-9]{1,2}-[0-9]{3,4}(?![0-9-])"
PRIVATE_PART = re.compile("|".join((MOBILE, LANDLINE, FLAT_IN_WORDS, FLAT_IN_FIGURES)))


def find_id_numbers(text: str) -> list[str]:
    return ID_NUMBER.findall(unicodedata.normalize("NFKC", text))


def find_private_parts(text: str) -> list[str]:
    """Phones and flats."""
    return PRIVATE_PART.findall(unicodedata.normalize("NFKC", text))


def refuse_id_numbers(*texts: str) -> None:
    """Refuses: id_number_shown."""
    if any(find_id_numbers(text) for text in texts):
        raise ValidationError(
            _("This becomes public and has an ID number in it. Take it out."), code="id_number_shown"
        )


def check_public_texts(*texts: str, is_confirmed: bool) -> dict[str, int]:
    """For the record: how many phones and flats somebody has confirmed.

    Refuses: id_number_shown, personal_data_shown (with what was found, unless confirmed).
    """
    refuse_id_numbers(*texts)
    found = [part for text in texts for part in find_private_parts(text)]
    if found and not is_confirmed:
        raise ValidationError(
            _("This becomes public: %(found)s. Take it out, or confirm that everybody may read it."),
            code="personal_data_shown",
            params={"found": ", ".join(dict.fromkeys(found))},
        )
    return {"confirmed": len(found)} if found else {}
