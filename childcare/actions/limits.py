"""How many children a class may have on a day: its own maximum, and what limits it further by dated rows."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Max

from childcare.models import ClassLimit, NurseryClass


@dataclass(frozen=True)
class EffectivePlaces:
    """The smallest number counts; `binding` is the row that gives it, None for the class's own maximum."""

    places: int
    binding: ClassLimit | None


@dataclass(frozen=True)
class PlacesToday:
    """What a class can give to new children: places free for good, else from when one is."""

    effective: EffectivePlaces
    left: int
    free_from: dt.date | None
    has_ended: bool  # what limits it has run out


def places_today(nursery_class: NurseryClass, today: dt.date) -> PlacesToday:
    """Of a row with `booked` and its `limits` at hand; one query more where no place is left."""
    effective = effective_places(nursery_class, today)
    binding = effective.binding
    left = max(effective.places - nursery_class.booked, 0)
    free_from = None if left or not effective.places else next_free_day(nursery_class, today)
    has_ended = bool(binding and binding.ends_on and binding.ends_on < today)
    return PlacesToday(effective, left, free_from, has_ended)


def next_free_day(nursery_class: NurseryClass, today: dt.date) -> dt.date | None:
    """From when the first of the booked seats is free for good."""
    last = Max("days__day")
    seats = nursery_class.seats.filter(number__lte=nursery_class.capacity).annotate(last=last)
    found = seats.filter(last__gte=today).order_by("last").values_list("last", flat=True).first()
    return found + dt.timedelta(days=1) if found else None


def effective_places(nursery_class: NurseryClass, *days: dt.date) -> EffectivePlaces:
    """On the day where the fewest are allowed. One query, or none where `limits` is prefetched."""
    rows = list(nursery_class.limits.all())
    found = [limit_on(nursery_class, rows, day) for day in days]
    return min(found, key=lambda each: each.places)


def limit_on(nursery_class: NurseryClass, rows: Iterable[ClassLimit], day: dt.date) -> EffectivePlaces:
    latest: dict[str, ClassLimit] = {}
    for row in sorted(rows, key=lambda each: each.valid_from):
        if row.valid_from <= day:
            latest[row.kind] = row
    found = EffectivePlaces(nursery_class.capacity, None)
    for row in latest.values():
        if row.places_on(day) < found.places:
            found = EffectivePlaces(row.places_on(day), row)
    return found
