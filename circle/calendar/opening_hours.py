"""Whether a place is open at a given moment, and the sentence that says so.

Plain objects, no queries: a page loads one calendar and uses it for every facility. Moments are aware;
answers are in Asia/Shanghai.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, Protocol

from django.utils.formats import date_format
from django.utils.timezone import is_naive
from django.utils.translation import gettext as _

from circle.calendar.working_days import MONDAY, ONE_DAY, SATURDAY, SHANGHAI, Calendar, Day
from circle.formats.language import is_english

PUBLIC_HOLIDAY = 7  # the "weekday" of hours that hold on public holidays


HORIZON = dt.timedelta(days=14)  # how far ahead the next opening is sought: the longest holiday has nine days


# A lunch break spans this time and is short, unlike a canteen's afternoon between two meals.
LUNCHTIME = dt.time(12, 30)


LONGEST_LUNCH = dt.timedelta(hours=3)


State = Literal["open", "shut", "unknown"]


ClosedFor = Literal["", "closure", "holiday", "lunch", "hours", "unknown"]


class Hours(Protocol):
    """A row of opening hours; `closes` not after `opens` means past midnight, 00:00 the end of the day."""

    @property
    def weekday(self) -> int | None: ...  # 0 Monday … 6 Sunday, 7 public holidays
    @property
    def opens(self) -> dt.time: ...
    @property
    def closes(self) -> dt.time: ...


class ClosedPeriod(Protocol):
    """A closure from `starts_on` to `ends_on`, both included; without `ends_on` until further notice.

    With both times it closes only the hours between them on each of these days, past midnight too.
    """

    @property
    def starts_on(self) -> dt.date: ...
    @property
    def ends_on(self) -> dt.date | None: ...
    @property
    def from_time(self) -> dt.time | None: ...
    @property
    def until_time(self) -> dt.time | None: ...


@dataclass(frozen=True, slots=True)
class Timetable:
    """The opening hours and closures of a place.

    `follows_workdays` (a hall, an office): closed on public holidays unless it has hours for them, and with
    Monday's hours on a make-up working day. Otherwise (a shop, a canteen): the weekday's hours on every day,
    unless it has hours for public holidays.
    """

    hours: Collection[Hours]
    closures: Collection[ClosedPeriod] = ()
    follows_workdays: bool = False
    always_open: bool = False  # where it has no hours: a stop, a park

    @property
    def is_known(self) -> bool:
        """Whether anybody can say when it is open."""
        return bool(self.hours) or self.always_open

    @property
    def heeds_holidays(self) -> bool:
        return self.follows_workdays or any(row.weekday == PUBLIC_HOLIDAY for row in self.hours)

    def weekday(self, day: Day) -> int:
        """Which weekday's hours apply on this day: 0 Monday … 6 Sunday, 7 public holiday."""
        if day.is_holiday and self.heeds_holidays:
            return PUBLIC_HOLIDAY
        weekday = day.date.weekday()
        return MONDAY if self.follows_workdays and day.is_workday and weekday >= SATURDAY else weekday

    def closure(self, date: dt.date) -> ClosedPeriod | None:
        """The closure in force the whole of this date; of several the one that ends last."""
        running = (c for c in self.closures_on(date) if c.from_time is None)
        return max(running, key=lambda closure: closure.ends_on or dt.date.max, default=None)

    def closures_on(self, date: dt.date) -> "Iterator[ClosedPeriod]":
        return (c for c in self.closures if c.starts_on <= date <= (c.ends_on or dt.date.max))

    def closed_hours(self, date: dt.date) -> "dict[Span, ClosedPeriod]":
        """The closures of some hours of this date and of the nights before and after it, by those hours."""
        return {
            span_between(closure.from_time, closure.until_time, day): closure
            for day in (date - ONE_DAY, date, date + ONE_DAY)
            for closure in self.closures_on(day)
            if closure.from_time is not None and closure.until_time is not None
        }

    def closure_at(self, at: dt.datetime) -> ClosedPeriod | None:
        """The one in force at this moment in Shanghai."""
        hours = self.closed_hours(at.date()).items()
        return self.closure(at.date()) or next(
            (closure for span, closure in hours if span.start <= at < span.end), None
        )


@dataclass(frozen=True, slots=True)
class Span:
    """Open from `start` (included) to `end` (not included), both aware, in Asia/Shanghai."""

    start: dt.datetime
    end: dt.datetime


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether a place is open, and until when or why not.

    `closes_at` is None for a place open around the clock; `opens_at` is the next opening within fourteen
    days, None while open. `tentative`: it depends on a year whose holidays are not announced yet.
    """

    is_open: bool
    closes_at: dt.datetime | None = None
    opens_at: dt.datetime | None = None
    closure: ClosedPeriod | None = None
    closed_for: ClosedFor = ""
    tentative: bool = False
    has_hours: bool = True

    @property
    def state(self) -> State:
        """For lists, ring and map: of a place without registered hours nobody knows whether it is open."""
        if self.is_open:
            return "open"
        return "unknown" if self.closed_for == "unknown" else "shut"


def opening_spans(timetable: Timetable, calendar: Calendar, date: dt.date) -> list[Span]:
    """The spans that begin on this date, earliest first.

    A night belongs to the day it begins on: a closure or holiday on the next day does not cut it at midnight.
    """
    if timetable.closure(date):
        return []
    if timetable.always_open and not timetable.hours:
        return list(open_parts([span_between(dt.time.min, dt.time.min, date)], timetable, date))
    weekday = timetable.weekday(calendar.day(date))
    rows = (row for row in timetable.hours if row.weekday == weekday)
    spans = sorted((span_of(row, date) for row in rows), key=lambda span: span.start)
    return list(open_parts(spans, timetable, date))


def open_parts(spans: Iterable[Span], timetable: Timetable, date: dt.date) -> Iterator[Span]:
    """What the closures of some hours of this date leave of the spans that begin on it."""
    left = list(spans)
    for closed in timetable.closed_hours(date):
        parts = (
            part
            for span in left
            for part in (
                Span(span.start, min(span.end, closed.start)),
                Span(max(span.start, closed.end), span.end),
            )
        )
        left = [part for part in parts if part.start < part.end]
    yield from left


def is_closed_on(timetable: Timetable, calendar: Calendar, date: dt.date) -> bool:
    """A closure, or no hours on that day; a place whose hours are not known is closed by closures only."""
    has_closure = timetable.closure(date) is not None
    return has_closure or (bool(timetable.hours) and not opening_spans(timetable, calendar, date))


def merged_spans(timetable: Timetable, calendar: Calendar, days: int) -> list[Span]:
    """Spans from the calendar's first day to the one `days` later; hours that overlap are one span."""
    dates = (calendar.first + number * ONE_DAY for number in range(days + 1))
    return merge_overlaps(span for date in dates for span in opening_spans(timetable, calendar, date))


def merge_overlaps(spans: Iterable[Span]) -> list[Span]:
    """Of spans in the order in which they begin.

    Unlike `_joined_spans` it leaves spans that only touch apart: a slot does not go over a change of hours.
    """
    merged: list[Span] = []
    for span in spans:
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def slot_times(spans: Iterable[Span], length: dt.timedelta) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Start and end of each stretch of `length` that fits entirely into a span of opening."""
    for span in spans:
        starts_at = span.start
        while starts_at + length <= span.end:
            yield starts_at, starts_at + length
            starts_at += length


def open_stretches(timetable: Timetable, calendar: Calendar, today: dt.date) -> list[Span]:
    """All on which `opening_at` of any moment of this day depends; adjacent ones are joined."""
    return list(_joined_spans(timetable, calendar, today - ONE_DAY, today + HORIZON))


def opening_at(
    timetable: Timetable, calendar: Calendar, at: dt.datetime, stretches: Iterable[Span] | None = None
) -> Opening:
    """Whether it is open at this moment; the calendar must reach from the day before to `HORIZON` after.

    `stretches`: the `open_stretches` of that day, where they are known already.
    """
    at = _local(at)
    today, last = at.date(), at.date() + HORIZON
    if stretches is None:
        stretches = _joined_spans(timetable, calendar, today - ONE_DAY, last)
    span = next((stretch for stretch in stretches if stretch.end > at), None)
    if span and span.start <= at:
        never_closes = span.end >= _moment(last + ONE_DAY, dt.time.min)
        tentative = _is_tentative(timetable, calendar, today)
        closes_at = None if never_closes else span.end
        return Opening(True, closes_at=closes_at, tentative=tentative, has_hours=bool(timetable.hours))
    return Opening(
        False,
        opens_at=span.start if span else None,
        closure=timetable.closure_at(at),
        closed_for=_closed_for(timetable, calendar, at),
        tentative=span is not None and _is_tentative(timetable, calendar, today, span.start.date()),
    )


def opening_sentence(opening: Opening, at: dt.datetime) -> str:
    """The answer as one sentence in the active language, with a second one when it is tentative."""
    at = _local(at)
    if opening.is_open and opening.closes_at is None and not opening.has_hours:
        return _("Open to everybody at any hour")
    sentence = _open_sentence(opening.closes_at, at) if opening.is_open else _closed_sentence(opening, at)
    note = _("Holiday arrangement not announced yet")
    return (
        _("%(sentence)s. %(note)s") % {"sentence": sentence, "note": note} if opening.tentative else sentence
    )


def _open_sentence(closes_at: dt.datetime | None, at: dt.datetime) -> str:
    if closes_at is None:
        return _("Open around the clock")
    # Midnight is named as the end of the day that is ending, not as 0:00 of the next.
    to_midnight = closes_at.time() == dt.time.min
    last = closes_at.date() - ONE_DAY if to_midnight else closes_at.date()
    days = (last - at.date()).days
    values = {
        "day": date_format(last, "MONTH_DAY_FORMAT"),
        "time": clock_text(closes_at),
    }
    if to_midnight:
        return _("Open now, until the end of %(day)s") % values if days else _("Open now, until midnight")
    if days == 0:
        return _("Open now, until %(time)s") % values
    if days == 1:
        return _("Open now, until tomorrow at %(time)s") % values
    return _("Open now, until %(day)s at %(time)s") % values


def _closed_sentence(opening: Opening, at: dt.datetime) -> str:
    opens = opening.opens_at
    if opens is None:
        return _no_opening_sentence(opening)
    days = (opens.date() - at.date()).days
    values = {"day": date_format(opens, "MONTH_DAY_FORMAT"), "time": clock_text(opens)}
    if opening.closed_for == "lunch":
        return _("Closed for lunch, opens again at %(time)s") % values
    if opening.closed_for == "holiday":
        return _("Closed for the public holiday, opens %(day)s at %(time)s") % values
    if days == 0:
        return _("Closed, opens today at %(time)s") % values
    if days == 1:
        return _("Closed, opens tomorrow at %(time)s") % values
    return _("Closed, opens %(day)s at %(time)s") % values


def _no_opening_sentence(opening: Opening) -> str:
    if opening.closed_for == "unknown":
        return _("Opening hours not known: please phone")
    if opening.closure is None:
        return _("Closed, does not open in the next two weeks")
    last = opening.closure.ends_on
    if last is None:
        return _("Closed until further notice")
    return _("Closed up to and including %(day)s") % {"day": date_format(last, "MONTH_DAY_FORMAT")}


def clock_text(moment: dt.datetime) -> str:
    """8:30 in Chinese, 8:30 am in English, "12 noon" since 12:00 pm is ambiguous; no line ends inside it."""
    if not is_english():
        return date_format(moment, "G:i")
    return "12\u00a0noon" if moment.time() == dt.time(12) else date_format(moment, "g:i\u00a0A").lower()


def _joined_spans(timetable: Timetable, calendar: Calendar, first: dt.date, last: dt.date) -> Iterator[Span]:
    """Spans of these days, adjacent ones joined: a place open around the clock does not close at midnight."""
    dates = (first + n * ONE_DAY for n in range((last - first).days + 1))
    joined: Span | None = None
    for span in (span for date in dates for span in opening_spans(timetable, calendar, date)):
        if joined and span.start <= joined.end:
            joined = Span(joined.start, max(joined.end, span.end))
            continue
        if joined:
            yield joined
        joined = span
    if joined:
        yield joined


def _closed_for(timetable: Timetable, calendar: Calendar, at: dt.datetime) -> ClosedFor:
    day = calendar.day(at.date())
    if timetable.closure_at(at):
        return "closure"
    if not timetable.is_known:
        return "unknown"
    today = opening_spans(timetable, calendar, day.date)
    if day.is_holiday and timetable.heeds_holidays and not today:
        return "holiday"
    return "lunch" if _is_lunch(today, at) else "hours"


def _is_lunch(today: list[Span], at: dt.datetime) -> bool:
    noon = _moment(at.date(), LUNCHTIME)
    return any(
        before.end <= min(at, noon)
        and max(at, noon) < after.start
        and after.start - before.end <= LONGEST_LUNCH
        for before, after in pairwise(today)
    )


def _is_tentative(timetable: Timetable, calendar: Calendar, *dates: dt.date) -> bool:
    return timetable.heeds_holidays and any(calendar.day(date).tentative for date in dates)


def span_of(row: Hours, date: dt.date) -> Span:
    """The span of these hours that begins on this date."""
    return span_between(row.opens, row.closes, date)


def span_between(first: dt.time, last: dt.time, date: dt.date) -> Span:
    """From that time of this date; past midnight where the last is not after the first."""
    return Span(_moment(date, first), _moment(date if last > first else date + ONE_DAY, last))


def _moment(date: dt.date, time: dt.time) -> dt.datetime:
    return dt.datetime.combine(date, time, tzinfo=SHANGHAI)


def _local(at: dt.datetime) -> dt.datetime:
    if is_naive(at):
        raise ValueError("a moment without a time zone cannot be compared with opening hours")
    return at.astimezone(SHANGHAI)
