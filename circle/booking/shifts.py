"""When a thing with hours of its own (a kind of care) is given on a day, within the days of its place."""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Generic, NamedTuple, Protocol, TypeVar

from circle.calendar.opening_hours import PUBLIC_HOLIDAY, Hours, Span, Timetable, opening_spans, span_of
from circle.calendar.working_days import ONE_DAY, Calendar


class ShiftRow(Hours, Protocol):
    """Hours that are divided into turns of so many minutes."""

    @property
    def slot_minutes(self) -> int: ...


Shift = TypeVar("Shift", bound=ShiftRow)


class Turn(NamedTuple, Generic[Shift]):
    starts_at: dt.datetime
    ends_at: dt.datetime
    shift: Shift


def shift_turns(
    shifts: Collection[Shift], place: Timetable, calendar: Calendar, days: int
) -> Iterator[Turn[Shift]]:
    """The turns that fit entirely into each shift, from the calendar's first day to the one `days` later.

    In the order of `shifts` on each day: of two turns that overlap the caller takes the first.
    """
    for number in range(days + 1):
        for span, shift in shift_spans(shifts, place, calendar, calendar.first + number * ONE_DAY):
            length = dt.timedelta(minutes=shift.slot_minutes)
            starts_at = span.start
            while starts_at + length <= span.end:
                yield Turn(starts_at, starts_at + length, shift)
                starts_at += length


def shift_spans(
    shifts: Collection[Shift], place: Timetable, calendar: Calendar, date: dt.date
) -> Iterator[tuple[Span, Shift]]:
    """Nothing on a day on which the place is closed by a closure.

    On a public holiday the shifts for holidays count and no others. Without any, a place that heeds holidays
    limits the shifts of that weekday to its own hours for holidays; without such hours nothing is given.
    """
    day = calendar.day(date)
    if place.closure(date):
        return
    on_holidays = [shift for shift in shifts if shift.weekday == PUBLIC_HOLIDAY]
    if day.is_holiday and on_holidays:
        yield from ((span_of(shift, date), shift) for shift in on_holidays)
        return
    is_limited = day.is_holiday and place.heeds_holidays
    weekday = date.weekday() if is_limited else place.weekday(day)
    for shift in shifts:
        if shift.weekday == weekday:
            whole = span_of(shift, date)
            limits = opening_spans(place, calendar, date) if is_limited else [whole]
            for limit in limits:
                yield Span(max(whole.start, limit.start), min(whole.end, limit.end)), shift
