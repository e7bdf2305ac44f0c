"""Slots grouped by day, for the pages that offer them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from circle.booking.capacity import TimeSlot

Row = TypeVar("Row", bound=TimeSlot)


@dataclass
class DayOfSlots(Generic[Row]):
    """One day with its slots, full ones included."""

    date: dt.date
    slots: list[Row] = field(default_factory=list)

    @property
    def left(self) -> int:
        return sum(slot.left for slot in self.slots)


def group_by_day(slots: Iterable[Row]) -> list[DayOfSlots[Row]]:
    days: dict[dt.date, DayOfSlots[Row]] = {}
    for slot in slots:
        days.setdefault(slot.day, DayOfSlots(slot.day)).slots.append(slot)
    return list(days.values())


def pick_day(days: list[DayOfSlots[Row]], wanted: str) -> DayOfSlots[Row] | None:
    """The day of ?day=, else the first one with a place left, else the first."""
    by_date = {day.date.isoformat(): day for day in days}
    if wanted in by_date:
        return by_date[wanted]
    return next((day for day in days if day.left), days[0] if days else None)
