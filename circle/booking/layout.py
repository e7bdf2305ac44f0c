"""Slots of what has hours of its own (a counter, a kind of care), laid out where the hours have changed."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from django.db import models, transaction

from circle.booking.capacity import ClosedBy, TimeSlot
from circle.booking.shifts import Dated, dated_shift_spans
from circle.booking.slots import sync_slots
from circle.calendar.opening_hours import Span, Timetable, merge_overlaps, merged_spans, slot_times
from circle.calendar.working_days import ONE_DAY, Calendar


class AnyTerms(Protocol):
    """On which slots are laid out; they can be sorted."""

    @property
    def minutes(self) -> int: ...

    @property
    def is_booked(self) -> bool:
        """Whether there is any place; without one nothing is laid out."""
        ...


Terms = TypeVar("Terms", bound=AnyTerms)
Row = TypeVar("Row", bound=TimeSlot)


class Hours(NamedTuple, Generic[Terms]):
    span: Span
    terms: Terms


class Turn(NamedTuple, Generic[Terms]):
    starts_at: dt.datetime
    ends_at: dt.datetime
    terms: Terms


def hours_on_terms(
    shifts: Collection[Dated],
    place: Timetable,
    calendar: Calendar,
    days: int,
    terms_of: Callable[[Dated | None], Terms],
) -> list[Hours[Terms]]:
    """From the calendar's first day to the one `days` later: of the shifts, those of one date first, and
    without any shift of the place. Hours on the same terms that overlap are one span."""
    if not shifts:
        return [Hours(span, terms_of(None)) for span in merged_spans(place, calendar, days)]
    groups: dict[tuple[bool, Any], list[Span]] = defaultdict(list)
    for span, shift in dated_shift_spans(shifts, place, calendar, days):
        groups[shift.date is None, terms_of(shift)].append(span)
    return [
        Hours(span, terms)
        for (_is_weekly, terms), spans in sorted(groups.items())
        for span in merge_overlaps(sorted(spans, key=lambda span: span.start))
    ]


def turns_of(hours: Iterable[Hours[Terms]]) -> Iterator[Turn[Terms]]:
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


def lay_out(
    *,
    owner: Any,
    hours: Sequence[Hours[Terms]],
    first: dt.date,
    coming: "models.QuerySet[Row]",
    wanted: Callable[[Turn[Terms]], Iterable[Row]],
    key: Callable[[Row], Any],
    at: dt.datetime,
    serve: Callable[[Any, dt.datetime], object] | None = None,
) -> int:
    """The number of slots created; no query where they follow the same hours as the last time.

    `owner` has `laid_out`; `first`: the first day of the hours; `coming`: its slots that have not begun;
    `wanted`: the unsaved slots of one time. As for `sync_slots`, which closes and reopens the others.
    `serve`: offers what is free now to those who wait.
    """
    fingerprint = _fingerprint_of(first, hours)
    if owner.laid_out == fingerprint:
        return 0
    slots = {key(slot): slot for turn in turns_of(hours) if turn.starts_at > at for slot in wanted(turn)}
    spans = merge_overlaps(sorted((span for span, _terms in hours), key=lambda span: span.start))
    with transaction.atomic():
        rows = type(owner)._default_manager.filter(pk=owner.pk)
        list(rows.select_for_update(no_key=True).values_list("pk"))  # the fingerprint is of the last to write
        made = sync_slots(coming=coming, wanted=slots, key=key, spans=spans)
        rows.update(laid_out=fingerprint if _is_settled(coming, slots, key) else "")
        if serve:
            serve(coming, at)
    return made


def _fingerprint_of(first: dt.date, hours: Iterable[Hours[Terms]]) -> str:
    """Of all that decides which slots there are. The day is part of it: what was missed lasts no longer."""
    told = [(span.start.isoformat(), span.end.isoformat(), terms) for span, terms in hours]
    return hashlib.sha256(repr((first, told)).encode()).hexdigest()


def _is_settled(coming: "models.QuerySet[Row]", wanted: dict[Any, Row], key: Callable[[Row], Any]) -> bool:
    """Whether nothing but a change of the hours changes the slots again.

    A booked time of the old length goes with its booking; one outside the hours that staff closed may be
    reopened by them.
    """
    ends = {name: slot.ends_at for name, slot in wanted.items()}
    rest = coming.exclude(closed_by=ClosedBy.TIMETABLE)
    return all(ends.get(key(slot)) == slot.ends_at for slot in rest)
