"""Numbers of identity papers as people type them, and what can be known of them without asking anybody.

The check of 18-digit numbers is GB 11643-1999: weights 2^17, 2^16 … 2 mod 11, remainder 1. The table of
regions changes with every reform, so an unknown region is a word to staff and never a refusal.
"""

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

WEIGHTS = [2**place % 11 for place in range(17, 0, -1)]
CHECKS = "10X98765432"
OLDEST = 130  # years
EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")
PASSPORT = re.compile(r"(?=.*[0-9])[A-Z0-9]{6,12}")
FOREIGN_CARD_OF_2004 = re.compile(r"[A-Z]{3}[0-9]{12}")
FOREIGN_CARD_OF_2023 = re.compile(r"9[0-9]{16}[0-9X]")
PROVINCES = {
    *("11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42"),
    *("43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65"),
}
BEYOND = {"81", "82", "83"}  # Hong Kong, Macao, Taiwan


class IdType(TextChoices):
    RESIDENT = "resident", _("resident identity card")
    PASSPORT = "passport", _("passport")
    HMT = "hmt", _("residence permit for Hong Kong, Macao and Taiwan residents")
    FOREIGN = "foreign", _("foreign permanent resident card")


@dataclass(frozen=True)
class Paper:
    """A number in its one spelling. Of a passport and an old foreign card the birthday is not known."""

    number: str
    born_on: dt.date | None = None
    is_region_known: bool = True


def checked(*, kind: str, text: str, on: dt.date, born_on: dt.date | None = None) -> Paper:
    """The number of this kind of paper as it is kept.

    Refuses: id_type_missing, id_malformed, id_checksum, id_birthday (no such day), id_future, id_too_old
    (more than 130 years), id_born_differs (another birthday than `born_on`).
    """
    number = bare(text)
    paper = READERS[checked_kind(kind)](number)
    if paper.born_on:
        check_birthday(paper.born_on, on)
    if paper.born_on and born_on and paper.born_on != born_on:
        raise ValidationError(
            _("The number names another birthday than the one given."), code="id_born_differs"
        )
    return paper


def bare(text: str) -> str:
    """In half-width capitals, without blanks and hyphens."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).upper()


def checked_kind(kind: str) -> IdType:
    if kind not in IdType.values:
        raise ValidationError(_("Say what kind of paper the number is from."), code="id_type_missing")
    return IdType(kind)


def check_birthday(born_on: dt.date, on: dt.date) -> None:
    if born_on > on:
        raise ValidationError(_("The birthday in this number lies in the future."), code="id_future")
    if on.year - born_on.year > OLDEST:
        raise ValidationError(
            _("By this number the person would be more than %(years)s years old."),
            code="id_too_old",
            params={"years": OLDEST},
        )


def eighteen(number: str, regions: set[str]) -> Paper:
    if not EIGHTEEN.fullmatch(number):
        raise malformed()
    if check_of(number) != number[-1]:
        raise ValidationError(
            _("This number has a slip: its last digit does not fit the others."), code="id_checksum"
        )
    try:
        born_on = dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError as error:
        raise ValidationError(
            _("This number names a birthday that does not exist."), code="id_birthday"
        ) from error
    return Paper(number, born_on, number[:2] in regions)


def check_of(number: str) -> str:
    """The last character that belongs to the first seventeen digits."""
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], WEIGHTS, strict=True))
    return CHECKS[total % 11]


def resident_card(number: str) -> Paper:
    return eighteen(number, PROVINCES)


def beyond_card(number: str) -> Paper:
    return eighteen(number, BEYOND)


def passport(number: str) -> Paper:
    if not PASSPORT.fullmatch(number):
        raise malformed()
    return Paper(number)


def foreign_card(number: str) -> Paper:
    if FOREIGN_CARD_OF_2023.fullmatch(number):
        return eighteen(number, {number[:2]})
    if not FOREIGN_CARD_OF_2004.fullmatch(number):
        raise malformed()
    return Paper(number)


def malformed() -> ValidationError:
    return ValidationError(
        _("This is not a number of this kind of paper. Please compare it with the paper."),
        code="id_malformed",
    )


READERS = {
    IdType.RESIDENT: resident_card,
    IdType.PASSPORT: passport,
    IdType.HMT: beyond_card,
    IdType.FOREIGN: foreign_card,
}
