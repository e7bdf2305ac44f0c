"""When the duty phone is answered: the dated rule, and whether a moment lies within."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.timezone import localtime

from circle.calendar.legal_parameters import rule_in_force

RULE = "duty_hours"


def duty_hours(at: dt.datetime) -> tuple[dt.time, dt.time] | None:
    """From and to on the day of this moment; None where the rule has no values."""
    try:
        params = rule_in_force(RULE, on=localtime(at).date()).params
    except ValidationError:
        return None
    return dt.time.fromisoformat(params["from"]), dt.time.fromisoformat(params["to"])


def is_in_duty_hours(at: dt.datetime) -> bool:
    hours = duty_hours(at)
    return hours is not None and hours[0] <= localtime(at).time() < hours[1]
