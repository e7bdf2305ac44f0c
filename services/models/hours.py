"""When a counter serves and on which terms: read by what lays out slots and by what announces sessions."""

import datetime as dt
from collections.abc import Collection
from dataclasses import replace
from typing import NamedTuple

from django.db.models import Prefetch

from circle.booking.layout import Hours, hours_on_terms
from circle.calendar.working_days import Calendar
from circle.models.facilities import timetable_rows
from circle.proximity.nearby import facility_timetable
from services.models.counters import Counter, CounterClosure, CounterQuerySet, CounterShift


class Terms(NamedTuple):
    """How long a slot lasts and how many places its shares have; without any place nothing is booked."""

    minutes: int
    online: int
    counter: int

    @property
    def is_booked(self) -> bool:
        return bool(self.online or self.counter)


class OwnHours(NamedTuple):
    """Of a counter, where they have been read already."""

    shifts: Collection[CounterShift]
    closures: Collection[CounterClosure]


def with_hours(counters: CounterQuerySet, at: dt.datetime) -> CounterQuerySet:
    """With all that `hours_of` reads; five queries for any number of counters."""
    return counters.select_related("facility__community", "facility__kind").prefetch_related(
        *timetable_rows(at, "facility__"), "shifts", Prefetch("closures", CounterClosure.objects.not_over(at))
    )


def terms_of(counter: Counter, shift: CounterShift | None = None) -> Terms:
    """The counter's, with what the shift has of its own."""
    own = (counter.slot_minutes, counter.online_places, counter.counter_places)
    if shift is None:
        return Terms(*own)
    said = (shift.slot_minutes, shift.online_places, shift.counter_places)
    return Terms(*(default if value is None else value for value, default in zip(said, own, strict=True)))


def hours_of(
    counter: Counter, calendar: Calendar, days: int, own: OwnHours | None = None
) -> list[Hours[Terms]]:
    """As `hours_on_terms`, of a counter loaded by `with_hours`, or with what it would read of the counter
    given."""
    shifts, closures = own or OwnHours(counter.shifts.all(), counter.closures.all())
    place = facility_timetable(counter.facility)  # closed also while the counter is
    place = replace(place, closures=[*place.closures, *closures])
    return hours_on_terms(shifts, place, calendar, days, lambda shift: terms_of(counter, shift))
