"""Until when a meal can be ordered and given up: the one place that decides, for every channel."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.calendar.legal_parameters import rule_in_force
from circle.calendar.working_days import ONE_DAY, SHANGHAI
from eldercare.models import Portion
from eldercare.models.canteen import Way

RULE = "meal_cut_off"
MOST_DAYS = 7


def checked_cut_offs(params: Any) -> dict[str, tuple[int, dt.time]]:
    """Days before the meal and the time of day, of both kinds of orders.

    Refuses: rule_wrong.
    """
    try:
        found = {
            name: (params[name]["days_before"], dt.time.fromisoformat(params[name]["time"]))
            for name in ("delivery", "pickup")
        }
    except (TypeError, KeyError, ValueError) as wrong:
        raise rule_wrong() from wrong
    if any(type(days) is not int or not 0 <= days <= MOST_DAYS for days, _time in found.values()):
        raise rule_wrong()
    return found


def rule_wrong() -> ValidationError:
    return ValidationError(
        _("Give days_before (0 to 7) and time (such as 16:00) for delivery and for pickup."),
        code="rule_wrong",
    )


def cut_offs(day: dt.date) -> dict[str, dt.datetime]:
    """The columns of `Portion` for the meals of that day, by the rule of that day.

    Refuses: rule_missing, rule_wrong.
    """
    found = checked_cut_offs(rule_in_force(RULE, on=day).params)
    return {
        f"{name}_until": dt.datetime.combine(day - days * ONE_DAY, time, tzinfo=SHANGHAI)
        for name, (days, time) in found.items()
    }


def column_of(way: str) -> str:
    return "delivery_until" if way == Way.DELIVERY else "pickup_until"


def cut_off_of(portion: Portion, way: str) -> dt.datetime:
    found: dt.datetime = getattr(portion, column_of(way))
    return found


def align_cut_offs(*, at: dt.datetime) -> int:
    """After a new rule: of the meals of days to come; returns the number of days changed."""
    days = Portion.objects.filter(pickup_until__gt=at).order_by("dish__menu__day")
    changed = 0
    for day in days.values_list("dish__menu__day", flat=True).distinct():
        try:
            columns = cut_offs(day)
        except ValidationError:  # the rule row was taken back: what was promised holds
            continue
        changed += bool(Portion.objects.filter(dish__menu__day=day).exclude(**columns).update(**columns))
    return changed
