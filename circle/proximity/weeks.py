"""The opening hours of a facility over seven days."""

import datetime as dt
from dataclasses import dataclass

from circle.calendar.opening_hours import (
    ClosedPeriod,
    Span,
    Timetable,
    opening_spans,
)
from circle.calendar.working_days import Day
from circle.models import Facility
from circle.proximity.nearby import Moment, facility_timetable


@dataclass(frozen=True)
class OpenDay:
    """One date of a timetable, with holidays and closures applied."""

    day: Day
    spans: list[Span]
    closure: ClosedPeriod | None

    @property
    def date(self) -> dt.date:
        return self.day.date


def week_of(facility: Facility, moment: Moment) -> list[OpenDay]:
    """That day and the six after it, for a facility loaded by `with_timetable`."""
    return week_of_timetable(facility_timetable(facility), moment)


def week_of_timetable(table: Timetable, moment: Moment) -> list[OpenDay]:
    calendar = moment.calendar
    days = [moment.at.date() + dt.timedelta(days=n) for n in range(7)]
    return [
        OpenDay(calendar.day(day), opening_spans(table, calendar, day), table.closure(day)) for day in days
    ]
