"""The moments for which coverage asks what is open."""

import datetime as dt
from dataclasses import replace

from circle.calendar.opening_hours import Timetable, opening_spans
from circle.calendar.working_days import SHANGHAI, Calendar, Day
from circle.models import (
    Coverage,
)

ONE_DAY = dt.timedelta(days=1)


# The lunar new year's day, an astronomical date; by law a holiday before the year's notice confirms it.
SPRING_FESTIVALS = {
    2026: dt.date(2026, 2, 17),
    2027: dt.date(2027, 2, 6),
    2028: dt.date(2028, 1, 26),
    2029: dt.date(2029, 2, 13),
    2030: dt.date(2030, 2, 3),
    2031: dt.date(2031, 1, 23),
    2032: dt.date(2032, 2, 11),
    2033: dt.date(2033, 1, 31),
    2034: dt.date(2034, 2, 19),
    2035: dt.date(2035, 2, 8),
}


def may_be_open(table: Timetable | None, calendar: Calendar, moment: dt.datetime) -> bool:
    """Whether it is not known to be closed: of a place without registered hours nobody knows."""
    local = moment.astimezone(SHANGHAI)
    if table is None or (not table.is_known and table.closure_at(local) is None):
        return True
    day = local.date()
    return any(
        span.start <= moment < span.end
        for date in (day - ONE_DAY, day)  # last night's hours may run past midnight
        for span in opening_spans(table, calendar, date)
    )


def coverage_moments(today: dt.date) -> tuple[dict[str, dt.datetime], Calendar]:
    """The moments of the stored figures, all after today, and a calendar that covers them. Two queries."""
    feast = next(day for _year, day in sorted(SPRING_FESTIVALS.items()) if day > today)
    calendar = Calendar.load(today, max(feast, today + 40 * ONE_DAY))
    if not calendar.day(feast).is_holiday:
        known = calendar.day(feast)
        rest = Day(feast, is_workday=False, is_holiday=True, name=known.name, tentative=known.tentative)
        calendar = replace(calendar, special={**calendar.special, feast: rest})
    days = [calendar.day(today + n * ONE_DAY) for n in range(1, 40)]
    workday = next(day.date for day in days if day.is_workday)
    sunday = next(
        day.date for day in days if day.date.weekday() == 6 and not (day.is_workday or day.is_holiday)
    )
    moments = {
        Coverage.Stamp.WORKDAY: (workday, 9),
        Coverage.Stamp.EVENING: (workday, 19),
        Coverage.Stamp.SUNDAY: (sunday, 10),
        Coverage.Stamp.FESTIVAL: (feast, 10),
    }
    return {
        stamp: dt.datetime.combine(day, dt.time(hour), tzinfo=SHANGHAI)
        for stamp, (day, hour) in moments.items()
    }, calendar
