"""The days on which something can be booked: a table of weeks, or in elder mode a list."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.translation import pgettext_lazy

from circle.booking.days import DayOfSlots

register = template.Library()

WEEKDAYS = (
    pgettext_lazy("weekday in two letters", "Mo"),
    pgettext_lazy("weekday in two letters", "Tu"),
    pgettext_lazy("weekday in two letters", "We"),
    pgettext_lazy("weekday in two letters", "Th"),
    pgettext_lazy("weekday in two letters", "Fr"),
    pgettext_lazy("weekday in two letters", "Sa"),
    pgettext_lazy("weekday in two letters", "Su"),
)


@dataclass(frozen=True)
class Cell:
    """One date of the table; `day` is None where nothing can be booked."""

    date: dt.date
    day: DayOfSlots[Any] | None
    names_month: bool


def weeks_of(days: Sequence[DayOfSlots[Any]]) -> list[list[Cell]]:
    """Whole weeks from Monday to Sunday, from the first of these days to the last."""
    if not days:
        return []
    by_date = {day.date: day for day in days}
    first, last = days[0].date, days[-1].date
    monday = first - dt.timedelta(days=first.weekday())
    dates = [monday + dt.timedelta(days=n) for n in range((last - monday).days + 7 - last.weekday())]
    cells = [Cell(date, by_date.get(date), date == monday or date.day == 1) for date in dates]
    return [cells[start : start + 7] for start in range(0, len(cells), 7)]


@register.inclusion_tag("circle/_days.html", takes_context=True)
def day_choice(context: Any, days: Sequence[DayOfSlots[Any]], day: DayOfSlots[Any]) -> dict[str, Any]:
    """Each day leads to this page with ?day=; the others of its query string stay."""
    return {
        "request": context["request"],
        "is_elder": context["preferences"].is_elder,
        "weekdays": WEEKDAYS,
        "weeks": weeks_of(days),
        "free": [each for each in days if each.left or each.date == day.date],
        "day": day,
    }
