"""When bookings of any app are reminded of."""

import datetime as dt
from typing import NamedTuple

from django.db.models import F, Q

from circle.calendar.working_days import ONE_DAY, SHANGHAI
from circle.notifications.quiet import community_quiet_hours, is_within_hours

REMINDED_FROM = dt.time(16)  # the day before, when elders are back from their walk and awake

SHORTLY_BEFORE = dt.timedelta(hours=2)


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


def due_again(at: dt.datetime, *, begins: str, arranged: str) -> Q:
    """Of bookings that begin within SHORTLY_BEFORE, were arranged before that and not reminded of since.

    `begins` and `arranged` name the columns that say when it begins and since when it is so.
    """
    soon = F(begins) - SHORTLY_BEFORE
    is_near = Q(**{f"{begins}__gt": at, f"{begins}__lte": at + SHORTLY_BEFORE, f"{arranged}__lt": soon})
    return is_near & Q(reminded_again_at=None) & (Q(reminded_at=None) | Q(reminded_at__lt=soon))


def will_be_reminded_again(
    begins: dt.datetime | None,
    arranged_at: dt.datetime,
    reminded_again_at: dt.datetime | None,
    at: dt.datetime,
) -> bool:
    """Whether a live booking of an item that asks for it may be promised the reminder shortly before.

    Not where that moment lies in the community's quiet hours: then it comes when they end, if at all.
    """
    if begins is None or reminded_again_at is not None:
        return False
    soon = (begins - SHORTLY_BEFORE).astimezone(SHANGHAI)
    quiet = community_quiet_hours(soon.date())
    return max(arranged_at, at) < soon and not (quiet and is_within_hours(soon.time(), quiet))
