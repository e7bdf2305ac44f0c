"""When bookings of any app are reminded of."""

import datetime as dt
from typing import NamedTuple

from circle.calendar.working_days import ONE_DAY, SHANGHAI

REMINDED_FROM = dt.time(16)  # the day before, when elders are back from their walk and awake


class DueReminders(NamedTuple):
    """The bookings of `day` that were arranged before `arranged_before`: whoever did it later remembers."""

    day: dt.date
    arranged_before: dt.datetime


def due_reminders(at: dt.datetime) -> list[DueReminders]:
    """Of today, which the clock job may have missed on the eve; from REMINDED_FROM on of tomorrow as well."""
    today = at.astimezone(SHANGHAI).date()
    due = [due_on(today)]
    return [*due, due_on(today + ONE_DAY)] if at.astimezone(SHANGHAI).time() >= REMINDED_FROM else due


def due_on(day: dt.date) -> DueReminders:
    return DueReminders(day, dt.datetime.combine(day - ONE_DAY, dt.time.min, tzinfo=SHANGHAI))


def will_be_reminded(
    day: dt.date | None, arranged_at: dt.datetime, reminded_at: dt.datetime | None, at: dt.datetime
) -> bool:
    """Whether a live booking may be promised its reminder; what is only caught up is not promised."""
    if day is None or reminded_at is not None:
        return False
    return arranged_at < due_on(day).arranged_before and at.astimezone(SHANGHAI).date() < day
