"""When a thing with hours of its own (a counter, a kind of care) is given, within the days of its place."""

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from typing import TypeVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from circle.calendar.opening_hours import (
    PUBLIC_HOLIDAY,
    Hours,
    Span,
    Timetable,
    open_parts,
    opening_spans,
    span_of,
)
from circle.calendar.working_days import ONE_DAY, Calendar
from circle.formats.times import TO
from circle.models import OpeningHours


class Shift(models.Model):
    """Hours on one weekday, or on one date alone; `closes` not after `opens` means past midnight.

    A subclass names its owner, has `class Meta(Shift.Meta)` and repeats `*Shift.Meta.constraints` where it
    has its own.
    """

    weekday = models.PositiveSmallIntegerField(_("day"), choices=OpeningHours.Day, null=True, blank=True)
    date = models.DateField(_("or on this date alone"), null=True, blank=True)
    opens = models.TimeField(_("begins"))
    closes = models.TimeField(_("ends"))
    valid_from = models.DateField(_("from"), null=True, blank=True)
    valid_until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday=None, date__isnull=False) | Q(weekday__isnull=False, date=None),
                name="%(app_label)s_%(class)s_weekday_or_date",
                violation_error_message=_("Say the weekday, or one date."),
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="%(app_label)s_%(class)s_ends_after_it_begins",
                violation_error_message=_("The last day cannot lie before the first."),
            ),
        ]

    def __str__(self) -> str:
        day = self.date or self.get_weekday_display()
        return f"{day} {self.opens:%H:%M}{TO}{self.closes:%H:%M}"

    def is_past(self, at: dt.datetime) -> bool:
        """Whether it is given no more, from that moment in Shanghai on."""
        last = self.date or self.valid_until
        return last is not None and span_of(self, last).end <= at

    def is_valid_on(self, date: dt.date) -> bool:
        begins, ends = self.valid_from or dt.date.min, self.valid_until or dt.date.max
        return begins <= date <= ends and self.date in (None, date)


SHIFTED = (-1, 0, 1)  # days from one shift to another that may still overlap it
SOME_DAY = dt.date(2001, 1, 1)
AnyHours = TypeVar("AnyHours", bound=Hours)


Dated = TypeVar("Dated", bound=Shift)


def dated_shift_spans(
    shifts: Collection[Dated], place: Timetable, calendar: Calendar, days: int
) -> Iterator[tuple[Span, Dated]]:
    """The spans of these shifts from the calendar's first day to the one `days` later.

    A shift for one date is given on that date besides those of the weekday, also on a holiday; a closure of
    the place closes it too.
    """
    for number in range(days + 1):
        date = calendar.first + number * ONE_DAY
        valid = [shift for shift in shifts if shift.is_valid_on(date)]
        yield from shift_spans([shift for shift in valid if shift.date is None], place, calendar, date)
        if place.closure(date):
            continue
        for shift in valid:
            if shift.date:
                yield from ((part, shift) for part in open_parts([span_of(shift, date)], place, date))


def find_overlap(shifts: Sequence[Dated]) -> tuple[Dated, Dated] | None:
    """The first two that are given at the same time: of one weekday or one date, in days that both are valid.

    Hours past midnight reach into the next weekday; for public holidays that is any day, and not looked at.
    """
    for number, one in enumerate(shifts):
        for two in shifts[number + 1 :]:
            if is_valid_together(one, two) and any(
                is_overlapping_hours(one, two, shift) for shift in SHIFTED
            ):
                return one, two
    return None


def is_valid_together(one: Shift, two: Shift) -> bool:
    first = max(one.valid_from or dt.date.min, two.valid_from or dt.date.min)
    return first <= min(one.valid_until or dt.date.max, two.valid_until or dt.date.max)


def is_overlapping_hours(one: Shift, two: Shift, days: int) -> bool:
    """Whether they overlap where the second begins so many days after the first."""
    if (one.date is None) != (two.date is None) or not is_days_after(one, two, days):
        return False
    first, second = span_of(one, SOME_DAY), span_of(two, SOME_DAY + days * ONE_DAY)
    return first.start < second.end and second.start < first.end


def is_days_after(one: Shift, two: Shift, days: int) -> bool:
    if one.date and two.date:
        return (two.date - one.date).days == days
    assert one.weekday is not None and two.weekday is not None  # noqa: S101, PT018 - narrows the type
    if PUBLIC_HOLIDAY in (one.weekday, two.weekday):
        return days == 0 and one.weekday == two.weekday
    return (two.weekday - one.weekday - days) % 7 == 0


def shift_spans(
    shifts: Collection[AnyHours], place: Timetable, calendar: Calendar, date: dt.date
) -> Iterator[tuple[Span, AnyHours]]:
    """Nothing on a day on which the place is closed by a closure.

    On a public holiday the shifts for holidays count and no others. Without any, a place that heeds holidays
    limits the shifts of that weekday to its own hours for holidays; without such hours nothing is given.
    """
    day = calendar.day(date)
    if place.closure(date):
        return
    on_holidays = [shift for shift in shifts if shift.weekday == PUBLIC_HOLIDAY]
    if day.is_holiday and on_holidays:
        for shift in on_holidays:
            yield from ((part, shift) for part in open_parts([span_of(shift, date)], place, date))
        return
    is_limited = day.is_holiday and place.heeds_holidays
    weekday = date.weekday() if is_limited else place.weekday(day)
    for shift in shifts:
        if shift.weekday == weekday:
            whole = span_of(shift, date)
            limits = opening_spans(place, calendar, date) if is_limited else [whole]
            spans = [Span(max(whole.start, limit.start), min(whole.end, limit.end)) for limit in limits]
            yield from ((part, shift) for part in open_parts(spans, place, date))
