"""Timetables and a calendar of 2026, for tests of opening hours."""

import datetime as dt
from dataclasses import dataclass

from django.utils import translation

from circle.calendar.opening_hours import (
    Timetable,
    opening_at,
    opening_sentence,
)
from circle.calendar.working_days import SHANGHAI, Calendar, Day

DAILY = range(7)
WORKING_WEEK = range(5)
ON_HOLIDAYS = 7


@dataclass
class Row:
    weekday: int
    opens: dt.time
    closes: dt.time


@dataclass
class Closed:
    starts_on: dt.date
    ends_on: dt.date | None = None
    from_time: dt.time | None = None
    until_time: dt.time | None = None


def rows(days, *texts: str) -> list[Row]:
    """Hours such as "9:00-12:00" on each of these days."""
    return [
        Row(day, *(dt.time(*map(int, end.split(":"))) for end in text.split("-")))
        for day in days
        for text in texts
    ]


def at(text: str) -> dt.datetime:
    """A moment in Shanghai, such as "2026-02-14 9:00"."""
    day, clock = text.split()
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(*map(int, clock.split(":"))), SHANGHAI)


def date(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def calendar_of_2026() -> Calendar:
    """Spring Festival and the new year of 2026, and 2027 without a notice."""
    off = [date("2026-01-01") + dt.timedelta(days=n) for n in range(3)]
    off += [date("2026-02-15") + dt.timedelta(days=n) for n in range(9)]
    worked = [date("2026-01-04"), date("2026-02-14"), date("2026-02-28")]
    special = {day: Day(day, is_workday=False, is_holiday=True, name="off") for day in off}
    special |= {day: Day(day, is_workday=True, name="worked") for day in worked}
    special[date("2027-01-01")] = Day(date("2027-01-01"), is_workday=False, is_holiday=True, tentative=True)
    return Calendar(date("2025-12-01"), date("2027-06-30"), special, {2025, 2026})


CALENDAR = calendar_of_2026()
HALL = Timetable(rows(WORKING_WEEK, "9:00-12:00", "13:00-17:00"), follows_workdays=True)
SHOP = Timetable(rows(DAILY, "8:00-22:00"))
NIGHT_MARKET = Timetable(rows(DAILY, "18:00-2:00"))
PHARMACY = Timetable(rows(DAILY, "0:00-0:00"))


def closed(timetable: Timetable, starts_on: str, ends_on: str | None = None) -> Timetable:
    closure = Closed(date(starts_on), date(ends_on) if ends_on else None)
    return Timetable(timetable.hours, [closure], timetable.follows_workdays)


def say(timetable: Timetable, text: str, language: str = "en") -> str:
    with translation.override(language):
        return opening_sentence(opening_at(timetable, CALENDAR, at(text)), at(text))
