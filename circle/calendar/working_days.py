"""Working days with make-up Saturdays (调休) and due dates. Only `Calendar.load` reads the database."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Self
from zoneinfo import ZoneInfo

from circle.models.calendar import CalendarYear
from circle.models.calendar_days import CalendarDay

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY, SATURDAY = 0, 5
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    date: dt.date
    is_workday: bool
    is_holiday: bool = False
    name: str = ""
    tentative: bool = False


@dataclass(frozen=True)
class Calendar:
    """The days from `first` to `last`; `special` holds holidays and make-up working days."""

    first: dt.date
    last: dt.date
    special: Mapping[dt.date, Day] = field(default_factory=dict)
    confirmed_years: Collection[int] = ()

    @classmethod
    def load(cls, first: dt.date, last: dt.date) -> Self:
        """The calendar of these days, both included, in two queries; names are in the active language."""
        years = CalendarYear.objects.confirmed().filter(year__range=(first.year, last.year))
        confirmed = frozenset(years.values_list("year", flat=True))
        special = {
            row.date: Day(
                row.date,
                row.is_workday,
                row.is_holiday,
                row.name,
                row.date.year not in confirmed,
            )
            for row in CalendarDay.objects.between(first, last)
        }
        return cls(first, last, special, confirmed)

    @classmethod
    def load_days(cls, first: dt.date, last: dt.date) -> Self:
        """For whom it is enough to know which days are worked, in one query; every year is tentative."""
        rows = CalendarDay.objects.between(first, last)
        return cls(
            first, last, {row.date: Day(row.date, row.is_workday, row.is_holiday, row.name) for row in rows}
        )

    def day(self, date: dt.date) -> Day:
        """LookupError for a date outside the loaded range, where the answer would be a silent guess."""
        if not self.first <= date <= self.last:
            raise LookupError(f"{date} is outside the calendar loaded from {self.first} to {self.last}")
        plain = Day(
            date,
            date.weekday() < SATURDAY,
            tentative=date.year not in self.confirmed_years,
        )
        return self.special.get(date, plain)

    def is_workday(self, date: dt.date) -> bool:
        return self.day(date).is_workday

    def add_workdays(self, date: dt.date, n: int) -> dt.date:
        """The n-th working day after `date`, which is not counted; LookupError beyond the loaded range."""
        while n:
            date += ONE_DAY
            n -= self.is_workday(date)
        return date


@dataclass(frozen=True, slots=True)
class DueDate:
    """The last day of a period promised in working days."""

    on: dt.date
    tentative: bool  # depends on a year whose holidays are not announced yet


Stops = Collection[tuple[dt.date, dt.date | None]]


def calculate_due_date(received_on: dt.date, workdays: int, stops: Stops = ()) -> DueDate | None:
    """`workdays` working days after `received_on`, which is not counted; two queries.

    A stop (papers are missing, a public notice runs) suspends the period from its first day to its last, both
    included. None while a stop has no end.
    """
    reach = reach_of_period(received_on, workdays, stops)
    return due_date_in(Calendar.load(received_on, reach), received_on, workdays, stops)


def reach_of_period(received_on: dt.date, workdays: int, stops: Stops = ()) -> dt.date:
    """The last day that a calendar has to know."""
    # Spring Festival is the longest rest: nine days in which five would have been worked.
    return received_on + dt.timedelta(days=2 * (workdays + len(suspended_days(stops))) + 20)


def suspended_days(stops: Stops) -> set[dt.date]:
    return {
        first + n * ONE_DAY
        for first, last in stops
        if last is not None
        for n in range((last - first).days + 1)
    }


def due_date_in(calendar: Calendar, received_on: dt.date, workdays: int, stops: Stops = ()) -> DueDate | None:
    """As `calculate_due_date`, by a calendar that is loaded already, for many periods at once."""
    if any(last is None for _first, last in stops):
        return None
    suspended = suspended_days(stops)
    date, left = received_on, workdays
    while left:
        date += ONE_DAY
        left -= date not in suspended and calendar.is_workday(date)
    days = (received_on + n * ONE_DAY for n in range((date - received_on).days + 1))
    return DueDate(date, any(calendar.day(day).tentative for day in days))
