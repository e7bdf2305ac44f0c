"""Numbers of identity papers as people type them, and what the number itself says.

The check of 18-digit numbers is GB 11643-1999: weights 2^17, 2^16 … 2 mod 11, remainder 1. The list of
regions changes with every reform, so an unknown region is only a warning to staff.
"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

WEIGHTS = [2**place % 11 for place in range(17, 0, -1)]
CHECK_DIGITS = "10X98765432"
MAX_AGE_YEARS = 130
EIGHTEEN_DIGITS = re.compile(r"[0-9]{17}[0-9X]")
PASSPORT = re.compile(r"(?=.*[0-9])[A-Z0-9]{6,12}")
FOREIGN_CARD_OF_2004 = re.compile(r"[A-Z]{3}[0-9]{12}")
FOREIGN_CARD_OF_2023 = re.compile(r"9[0-9]{16}[0-9X]")
PROVINCES = {
    *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42"),
    *("43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65"),
}
HMT_REGIONS = {"81", "82", "83"}  # Hong Kong, Macao, Taiwan


class IdType(TextChoices):
    RESIDENT = "resident", _("resident identity card")
    PASSPORT = "passport", _("passport")
    HMT = "hmt", _("residence permit for Hong Kong, Macao and Taiwan residents")
    FOREIGN = "foreign", _("foreign permanent resident card")


@dataclass(frozen=True)
class IdentityPaper:
    """A normalised number. Passports and foreign cards of 2004 do not contain the birthday."""

    number: str
    born_on: dt.date | None = None
    is_region_known: bool = True


def parse_id_number(*, kind: str, text: str, on: dt.date, born_on: dt.date | None = None) -> IdentityPaper:
    """The number of this kind of paper as it is stored.

    Refuses: id_type_missing, id_malformed, id_checksum, id_birthday (no such day), id_future, id_too_old
    (more than 130 years), id_born_differs (another birthday than `born_on`).
    """
    number = normalise_id_number(text)
    paper = PARSERS[parse_id_type(kind)](number)
    if paper.born_on:
        check_birthday(paper.born_on, on)
    if paper.born_on and born_on and paper.born_on != born_on:
        raise ValidationError(
            _("The number names another birthday than the one given."), code="id_born_differs"
        )
    return paper


def normalise_id_number(text: str) -> str:
    """In half-width capitals, without blanks and hyphens."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).upper()


def parse_id_type(kind: str) -> IdType:
    if kind not in IdType.values:
        raise ValidationError(_("Say what kind of paper the number is from."), code="id_type_missing")
    return IdType(kind)


def check_birthday(born_on: dt.date, on: dt.date) -> None:
    if born_on > on:
        raise ValidationError(_("The birthday in this number lies in the future."), code="id_future")
    if on.year - born_on.year > MAX_AGE_YEARS:
        raise ValidationError(
            _("By this number the person would be more than %(years)s years old."),
            code="id_too_old",
            params={"years": MAX_AGE_YEARS},
        )


def parse_eighteen_digits(number: str, regions: set[str]) -> IdentityPaper:
    if not EIGHTEEN_DIGITS.fullmatch(number):
        raise malformed_error()
    if check_digit_of(number) != number[-1]:
        raise ValidationError(
            _("This number has a slip: its last digit does not fit the others."), code="id_checksum"
        )
    try:
        born_on = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError as error:
        raise ValidationError(
            _("This number names a birthday that does not exist."), code="id_birthday"
        ) from error
    return IdentityPaper(number, born_on, number[:2] in regions)


def check_digit_of(number: str) -> str:
    """The check character of the first seventeen digits."""
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], WEIGHTS, strict=True))
    return CHECK_DIGITS[total % 11]


def parse_resident_card(number: str) -> IdentityPaper:
    return parse_eighteen_digits(number, PROVINCES)


def parse_hmt_permit(number: str) -> IdentityPaper:
    return parse_eighteen_digits(number, HMT_REGIONS)


def parse_passport(number: str) -> IdentityPaper:
    if not PASSPORT.fullmatch(number):
        raise malformed_error()
    return IdentityPaper(number)


def parse_foreign_card(number: str) -> IdentityPaper:
    if FOREIGN_CARD_OF_2023.fullmatch(number):
        return parse_eighteen_digits(number, {number[:2]})
    if not FOREIGN_CARD_OF_2004.fullmatch(number):
        raise malformed_error()
    return IdentityPaper(number)


def malformed_error() -> ValidationError:
    return ValidationError(
        _("This is not a number of this kind of paper. Please compare it with the paper."),
        code="id_malformed",
    )


PARSERS = {
    IdType.RESIDENT: parse_resident_card,
    IdType.PASSPORT: parse_passport,
    IdType.HMT: parse_hmt_permit,
    IdType.FOREIGN: parse_foreign_card,
}
