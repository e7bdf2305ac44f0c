"""Quiet hours, in which messages wait: the rule `quiet_hours`, unless a resident has chosen other hours."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.timezone import localtime

from circle.calendar import legal_parameters
from circle.models import Message, MessagePreference
from circle.notifications.events import message_events

RULE = "quiet_hours"
Hours = tuple[dt.time, dt.time]


def community_quiet_hours(on: dt.date) -> Hours | None:
    """The quiet hours in force on that day; None without such a rule."""
    try:
        found = legal_parameters.rule_in_force(RULE, on=on)
    except ValidationError:
        return None
    return dt.time.fromisoformat(found.params["from"]), dt.time.fromisoformat(found.params["to"])


def end_of_quiet(message: Message, at: dt.datetime) -> dt.datetime | None:
    """When the quiet hours that hold the message back end; None where it may go now, as urgent ones may."""
    event = message_events().get(message.event)
    if event and event.is_urgent:
        return None
    local = localtime(at)
    hours = quiet_hours_of(message, local.date())
    if hours is None or not is_within_hours(local.time(), hours):
        return None
    end = local.replace(hour=hours[1].hour, minute=hours[1].minute, second=0, microsecond=0)
    return end if end > local else end + dt.timedelta(days=1)


def quiet_hours_of(message: Message, on: dt.date) -> Hours | None:
    preference: MessagePreference | None = getattr(message.resident, "message_preference", None)
    if preference and preference.at_any_hour:
        return None
    if preference and preference.quiet_from and preference.quiet_to:
        return preference.quiet_from, preference.quiet_to
    return community_quiet_hours(on)


def is_within_hours(time: dt.time, hours: Hours) -> bool:
    """The beginning counts, the end does not; hours may run past midnight."""
    begin, end = hours
    if begin <= end:
        return begin <= time < end
    return time >= begin or time < end
