"""For which ages an item, a kind of care or a topic is meant: dated rules named `ages-…`, or none."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.models import Guardianship, Resident, Rule, User, Via
from circle.models.guardians import ADULT_AT, age_in_years

REASON_LENGTH = 120


@dataclass(frozen=True)
class AgeBand:
    """Ages in full years, both included; `last` is None where there is no upper one."""

    valid_from: dt.date
    first: int = 0
    last: int | None = None
    is_verified: bool = True

    def suits(self, person: Resident, on: dt.date) -> bool:
        """Somebody whose birthday the register does not know suits; but who has a login is of age."""
        if person.born_on is None:
            return self.last is None or self.last >= ADULT_AT or person.login_id is None
        age = age_in_years(person.born_on, on)
        return self.first <= age and (self.last is None or age <= self.last)

    def __str__(self) -> str:
        ages = {"first": self.first, "last": self.last}
        if self.last is None:
            return gettext("This is for people of %(first)s years or more.") % ages
        if not self.first:
            return gettext("This is for children and young people of at most %(last)s years.") % ages
        return gettext("This is for people from %(first)s to %(last)s years.") % ages


def age_bands(code: str) -> list[AgeBand]:
    """Of all days, the newest first; none where the matter is for all ages."""
    rows = Rule.objects.filter(kind=f"ages-{code.lower()}").order_by("-valid_from")
    return [
        AgeBand(row.valid_from, row.params.get("from", 0), row.params.get("until"), row.is_verified)
        for row in rows
    ]


def band_on(bands: Sequence[AgeBand], day: dt.date) -> AgeBand | None:
    """The band in force on that day."""
    return next((band for band in bands if band.valid_from <= day), None)


def refuse_unsuited(
    bands: Sequence[AgeBand], person: Resident, *, via: str, at: dt.datetime, reason: str = ""
) -> str:
    """The reason for which staff make an exception; empty where the person is of the right age.

    Refuses: not_for_age (online, or without a reason), reason_too_long.
    """
    day = localtime(at).date()
    band = band_on(bands, day)
    if band is None or band.suits(person, day):
        return ""
    said = checked_exception(reason)
    if via == Via.ONLINE or not said:
        raise ValidationError(str(band), code="not_for_age")
    return said


def checked_exception(reason: str) -> str:
    """What staff typed as the reason of an exception, in one line.

    Refuses: reason_too_long.
    """
    said = " ".join(reason.replace("\x00", " ").split())
    if len(said) > REASON_LENGTH:
        raise ValidationError(
            _("At most %(count)s characters."), code="reason_too_long", params={"count": REASON_LENGTH}
        )
    return said


def exception_details(reason: str) -> dict[str, str]:
    """The details for the audit record: the reason itself stands in the row."""
    return {"exception": "age"} if reason else {}


@dataclass(frozen=True)
class Choice:
    """Somebody in whose name this login may act, and why it may not be for them."""

    person: Resident
    is_own: bool
    is_child: bool
    obstacle: str = ""


def choices_of(people: Iterable[Resident], user: User, bands: Sequence[AgeBand], on: dt.date) -> list[Choice]:
    """Oneself first, then those whom it suits by name, then the others with the reason; two queries."""
    band, found = band_on(bands, on), list(people)
    own = Resident.objects.own(user)
    wards = Guardianship.objects.current(on).filter(adult__in=own.values("pk"), child__in=found)
    children = set(wards.values_list("child", flat=True))
    choices = [
        Choice(
            person,
            is_own=person.login_id == user.pk,
            is_child=person.pk in children,
            obstacle="" if band is None or band.suits(person, on) else str(band),
        )
        for person in found
    ]
    return sorted(choices, key=lambda each: (bool(each.obstacle), not each.is_own, each.person.name))


def only_choice(choices: list[Choice]) -> Resident | None:
    """The person, where it suits nobody else: then nobody is asked."""
    suited = [choice.person for choice in choices if not choice.obstacle]
    return suited[0] if len(suited) == 1 else None
