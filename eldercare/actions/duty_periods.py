"""The week, month or quarter that a day falls into, and which of them the rule asks for."""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from circle.calendar.working_days import SHANGHAI
from circle.models.guardians import years_before
from eldercare.models import RiskTag, VisitDuty

Every = VisitDuty.Every


@dataclass(frozen=True)
class Period:
    every: str
    key: str
    starts_on: dt.date
    ends_on: dt.date

    @property
    def due_at(self) -> dt.datetime:
        """The first moment that no longer belongs to it."""
        return dt.datetime.combine(self.ends_on + dt.timedelta(days=1), dt.time(), tzinfo=SHANGHAI)


def period_of(every: str, day: dt.date) -> Period:
    """Weeks are those of ISO 8601: the 53rd of a year may end in the next one."""
    if every == Every.WEEK:
        year, week, weekday = day.isocalendar()
        monday = day - dt.timedelta(days=weekday - 1)
        return Period(every, f"{year}-W{week:02}", monday, monday + dt.timedelta(days=6))
    if every == Every.MONTH:
        return Period(every, f"{day:%Y-%m}", day.replace(day=1), last_day(day.year, day.month))
    first = (day.month - 1) // 3 * 3 + 1
    starts_on, ends_on = dt.date(day.year, first, 1), last_day(day.year, first + 2)
    return Period(every, f"{day.year}-Q{first // 3 + 1}", starts_on, ends_on)


def last_day(year: int, month: int) -> dt.date:
    return dt.date(year, month, monthrange(year, month)[1])


def how_often(
    levels: Iterable[dict[str, Any]], kinds: set[str], born_on: dt.date | None, day: dt.date
) -> str:
    """The first level that matches, the strictest first; every quarter where none does.

    A level matches by age and, unless it names no reasons, by one of these. Who was born when nobody knows
    has the age that a reason proves.
    """
    for level in levels:
        reasons = set(level.get("tags", ()))
        if (not reasons or reasons & kinds) and is_old_enough(level.get("min_age", 0), kinds, born_on, day):
            return str(level["every"])
    return Every.QUARTER


def is_old_enough(age: int, kinds: set[str], born_on: dt.date | None, day: dt.date) -> bool:
    if born_on is not None and born_on <= years_before(day, age):
        return True
    return (age <= 80 and RiskTag.Kind.AGED_80 in kinds) or (born_on is None and age <= 60)
