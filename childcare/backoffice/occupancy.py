"""How full each class is, month by month: of the seats booked and of what limits the class."""

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import TruncMonth

from childcare.actions.limits import limit_on
from childcare.models import NurseryClass, SeatDay

MONTHS = 12


@dataclass(frozen=True)
class Month:
    """Children on a day of the month on average, and the places on its first day."""

    first: dt.date
    children: float
    places: int

    @property
    def percent(self) -> int:
        if not self.places:
            return 100 if self.children else 0
        return min(round(self.children * 100 / self.places), 100)

    @property
    def top(self) -> int:
        return 100 - self.percent


@dataclass(frozen=True)
class ClassMonths:
    nursery_class: NurseryClass
    months: list[Month]


def months_from(first: dt.date) -> list[dt.date]:
    """The first days of twelve months."""
    return [month_after(first, number) for number in range(MONTHS)]


def month_after(first: dt.date, months: int) -> dt.date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return dt.date(year, month + 1, 1)


def class_occupancy(classes: Iterable[NurseryClass], first: dt.date) -> list[ClassMonths]:
    """Of classes with their `limits` at hand; one query."""
    groups, starts = list(classes), months_from(first)
    days = SeatDay.objects.filter(
        seat__nursery_class__in=[group.pk for group in groups],
        half=SeatDay.Half.MORNING,
        day__gte=starts[0],
        day__lt=month_after(first, MONTHS),
    )
    rows = days.order_by().annotate(month=TruncMonth("day")).values("seat__nursery_class", "month")
    counts = {
        (row["seat__nursery_class"], row["month"]): row["days"] for row in rows.annotate(days=Count("pk"))
    }
    return [
        ClassMonths(group, [month_of(group, start, counts.get((group.pk, start), 0)) for start in starts])
        for group in groups
    ]


def month_of(group: NurseryClass, start: dt.date, days: int) -> Month:
    places = limit_on(group, group.limits.all(), start).places
    return Month(start, days / monthrange(start.year, start.month)[1], places)
