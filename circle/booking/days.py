"""Slots grouped by day, for the pages that offer them."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.db.models import F, QuerySet, Sum
from django.utils.dateparse import parse_date

from circle.booking.capacity import TimeSlot

Row = TypeVar("Row", bound=TimeSlot)


@dataclass
class DayOfSlots(Generic[Row]):
    """One day with its places left and its slots, full ones included."""

    date: dt.date
    slots: list[Row] = field(default_factory=list)
    left: int = 0


def group_by_day(slots: Iterable[Row]) -> list[DayOfSlots[Row]]:
    days: dict[dt.date, DayOfSlots[Row]] = {}
    for slot in slots:
        day = days.setdefault(slot.day, DayOfSlots(slot.day))
        day.slots.append(slot)
        day.left += slot.left
    return list(days.values())


def choose_day(
    slots: "QuerySet[Row]", wanted: str, read: "Callable[[QuerySet[Row]], list[Row]]" = list
) -> tuple[list[DayOfSlots[Row]], DayOfSlots[Row] | None]:
    """All days of these slots with their places left, and one of them with its slots as `read` gives them.

    Two queries; the slots of the other days are not read.
    """
    free = slots.order_by().values("day").annotate(free=Sum(F("capacity") - F("taken")))
    days = [
        DayOfSlots[Row](date, left=left) for date, left in free.order_by("day").values_list("day", "free")
    ]
    day = pick_day(days, wanted)
    if day:
        day.slots = read(slots.filter(day=day.date))
    return days, day


def pick_day(days: list[DayOfSlots[Row]], wanted: str) -> DayOfSlots[Row] | None:
    """The day of ?day=, else the first one with a place left, else the first."""
    by_date = {day.date.isoformat(): day for day in days}
    if wanted in by_date:
        return by_date[wanted]
    return next((day for day in days if day.left), days[0] if days else None)


def parse_day(text: str) -> dt.date | None:
    """None also where the date does not exist, such as 2026-02-30."""
    try:
        return parse_date(text)
    except ValueError:
        return None
