"""What an app hands over for the monthly report: figures of the month, the month before, the year so far."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Count, Q, QuerySet

from circle.calendar.working_days import ONE_DAY, SHANGHAI


@dataclass(frozen=True)
class Span:
    """From the first day to the last, both included."""

    first: dt.date
    last: dt.date

    def on(self, column: "models.Field[Any, Any]") -> Q:
        """Rows whose day or moment lies in it."""
        if isinstance(column, models.DateTimeField):
            start, end = (
                dt.datetime.combine(day, dt.time(), SHANGHAI) for day in (self.first, self.last + ONE_DAY)
            )
            return Q(**{f"{column.name}__gte": start, f"{column.name}__lt": end})
        return Q(**{f"{column.name}__range": (self.first, self.last)})


@dataclass(frozen=True)
class Spans:
    month: Span
    before: Span
    year: Span

    def __iter__(self) -> Any:
        return iter((self.month, self.before, self.year))


def spans_of(month: dt.date) -> Spans:
    """Of the month that begins on this day; the year ends with it."""
    last = (month + dt.timedelta(days=32)).replace(day=1) - ONE_DAY
    before = month - ONE_DAY
    return Spans(Span(month, last), Span(before.replace(day=1), before), Span(month.replace(month=1), last))


@dataclass(frozen=True)
class Value:
    """A count; with `n`, so many of n. None where nothing was measured."""

    value: int | None
    n: int | None = None


@dataclass(frozen=True)
class Figure:
    """`values` of the month, the month before and the year; `unit` "minutes", or empty for a number."""

    code: str
    label: Any
    values: Sequence[Value]
    unit: str = ""


@dataclass(frozen=True)
class Late:
    """A matter whose time is over. `what` names no resident; `who` has to act, empty where that is nobody.

    Both are texts, pairs (zh, en) or lazy texts: the report is stored in both languages.
    """

    what: Any
    due_on: dt.date
    who: Any = ""


@dataclass(frozen=True)
class ReportPart:
    code: str
    title: Any
    figures: Sequence[Figure]
    late: Sequence[Late] = ()


def counts_by_span(rows: "QuerySet[Any]", spans: Spans, when: str, **kinds: Q) -> dict[str, list[int]]:
    """Rows of each kind (`total`: all) in each span, by their day or moment `when`; one query."""
    column = rows.model._meta.get_field(when)
    wanted = {"total": Q()} | kinds
    counts = {
        f"{name}_{number}": Count("pk", filter=condition & span.on(column))
        for name, condition in wanted.items()
        for number, span in enumerate(spans)
    }
    found = rows.order_by().aggregate(**counts)
    return {name: [found[f"{name}_{number}"] for number in range(3)] for name in wanted}


def count_figure(code: str, label: Any, counts: Iterable[int]) -> Figure:
    return Figure(code, label, [Value(count) for count in counts])


def share_figure(code: str, label: Any, parts: Iterable[int], wholes: Iterable[int]) -> Figure:
    """So many of n."""
    return Figure(code, label, [Value(part, whole) for part, whole in zip(parts, wholes, strict=True)])
