"""When a counter serves and on which terms: read by what lays out slots and by what announces sessions."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from django.db.models import Prefetch

from circle.booking.shifts import dated_shift_spans
from circle.calendar.opening_hours import Span, merge_overlaps, merged_spans, slot_times
from circle.calendar.working_days import ONE_DAY, Calendar
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


class Hours(NamedTuple):
    span: Span
    terms: Terms


class Turn(NamedTuple):
    starts_at: dt.datetime
    ends_at: dt.datetime
    terms: Terms


def with_hours(counters: CounterQuerySet, at: dt.datetime) -> CounterQuerySet:
    """With all that `hours_of` reads; five queries for any number of counters."""
    return counters.select_related("facility__community").prefetch_related(
        *timetable_rows(at, "facility__"), "shifts", Prefetch("closures", CounterClosure.objects.not_over(at))
    )


def terms_of(counter: Counter, shift: CounterShift | None = None) -> Terms:
    """The counter's, with what the shift has of its own."""
    own = (counter.slot_minutes, counter.online_places, counter.counter_places)
    if shift is None:
        return Terms(*own)
    said = (shift.slot_minutes, shift.online_places, shift.counter_places)
    return Terms(*(default if value is None else value for value, default in zip(said, own, strict=True)))


def hours_of(counter: Counter, calendar: Calendar, days: int, own: OwnHours | None = None) -> list[Hours]:
    """From the calendar's first day to the one `days` later, of a counter loaded by `with_hours`,
    or with what it would read of the counter given.

    Of its shifts, those of one date first, and without any shift of its place. Hours on the same terms that
    overlap are one span.
    """
    shifts, closures = own or OwnHours(counter.shifts.all(), counter.closures.all())
    place = facility_timetable(counter.facility)  # closed also while the counter is
    place = replace(place, closures=[*place.closures, *closures])
    if not shifts:
        return [Hours(span, terms_of(counter)) for span in merged_spans(place, calendar, days)]
    groups: dict[tuple[bool, Terms], list[Span]] = defaultdict(list)
    for span, shift in dated_shift_spans(shifts, place, calendar, days):
        groups[shift.date is None, terms_of(counter, shift)].append(span)
    return [
        Hours(span, terms)
        for (_is_weekly, terms), spans in sorted(groups.items())
        for span in merge_overlaps(sorted(spans, key=lambda span: span.start))
    ]


def turns_of(hours: Iterable[Hours]) -> Iterator[Turn]:
    """The times to book. Of two that overlap the one of the earlier hours is given."""
    given: dict[dt.date, list[Span]] = defaultdict(list)
    for span, terms in hours:
        if not terms.is_booked:
            continue
        for starts_at, ends_at in slot_times([span], dt.timedelta(minutes=terms.minutes)):
            day = starts_at.date()
            near = (other for near in (day - ONE_DAY, day, day + ONE_DAY) for other in given[near])
            if not any(other.start < ends_at and starts_at < other.end for other in near):
                given[day].append(Span(starts_at, ends_at))
                yield Turn(starts_at, ends_at, terms)
