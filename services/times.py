"""The times that one may choose from, as a page shows them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from circle.booking.capacity import TimeSlot
from services.models import ServiceItem, Slot

Row = TypeVar("Row", bound=TimeSlot)


@dataclass
class DayOfTimes(Generic[Row]):
    """One day with its times, full ones included."""

    date: dt.date
    slots: list[Row] = field(default_factory=list)

    @property
    def left(self) -> int:
        return sum(slot.left for slot in self.slots)


def days_of(slots: Iterable[Row]) -> list[DayOfTimes[Row]]:
    days: dict[dt.date, DayOfTimes[Row]] = {}
    for slot in slots:
        days.setdefault(slot.day, DayOfTimes(slot.day)).slots.append(slot)
    return list(days.values())


def online_times(item: ServiceItem, at: dt.datetime) -> list[DayOfTimes[Slot]]:
    """What residents may choose for the item from that moment on (`at` in local time); one query."""
    slots = Slot.objects.bookable(item, at, at.date()).online().select_related("counter")
    return days_of(slots.order_by("starts_at", "counter"))


def chosen_day(days: list[DayOfTimes[Row]], wanted: str) -> DayOfTimes[Row] | None:
    """The day of ?day=, else the first one with a place left, else the first."""
    by_date = {day.date.isoformat(): day for day in days}
    if wanted in by_date:
        return by_date[wanted]
    return next((day for day in days if day.left), days[0] if days else None)
