"""Sessions without booking: a counter with hours and no places (tai chi on the square, a lecture)."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Literal

from django.db.models import Exists, OuterRef, Q

from circle.calendar.working_days import ONE_DAY, SHANGHAI, Calendar
from circle.models import Facility
from services.models.counters import Counter, CounterClosure, CounterQuerySet, CounterShift
from services.models.hours import OwnHours, hours_of

DAYS_AHEAD = 14
State = Literal["now", "today", "next"]


@dataclass(frozen=True)
class Session:
    counter: Counter
    starts_at: dt.datetime
    ends_at: dt.datetime
    state: State


def session_counters() -> CounterQuerySet:
    """Those with hours on which nothing is booked; their own or those of one of their shifts."""
    unbooked = Q(shifts__online_places=0) | Q(shifts__online_places=None, online_places=0)
    unbooked &= Q(shifts__counter_places=0) | Q(shifts__counter_places=None, counter_places=0)
    return Counter.objects.working().filter(unbooked, shifts__isnull=False).distinct()


def coming_sessions(places: Collection[Facility], calendar: Calendar, at: dt.datetime) -> list[Session]:
    """Of each session at these places (loaded by `with_timetable`) what is on now or comes next, earliest
    first; one query, and one for each that is closed for some days.

    The calendar reaches from yesterday to `DAYS_AHEAD`.
    """
    local, by_key = at.astimezone(SHANGHAI), {place.pk: place for place in places}
    closed = CounterClosure.objects.not_over(at)
    rows = CounterShift.objects.filter(counter__in=session_counters(), counter__facility__in=by_key)
    rows = rows.annotate(may_be_closed=Exists(closed.filter(counter=OuterRef("counter"))))
    shifts: dict[Counter, list[Any]] = {}
    for shift in rows.select_related("counter").order_by("counter", "pk"):
        shifts.setdefault(shift.counter, []).append(shift)
    found = []
    for counter, own in shifts.items():
        counter.facility = by_key[counter.facility_id]
        closures = closed.filter(counter=counter) if own[0].may_be_closed else ()
        hours = OwnHours(own, list(closures))
        found += list(islice(sessions_of(counter, calendar, local, DAYS_AHEAD, hours), 1))
    return sorted(found, key=lambda each: (each.starts_at, each.counter.code))


def calendar_of(local: dt.datetime, days: int) -> Calendar:
    """From yesterday on, whose night may not be over."""
    return Calendar.load_days(local.date() - ONE_DAY, local.date() + dt.timedelta(days=days))


def sessions_of(
    counter: Counter,
    calendar: Calendar,
    local: dt.datetime,
    days: int,
    own: OwnHours | None = None,
) -> Iterator[Session]:
    """All that are not over, earliest first."""
    hours = hours_of(counter, calendar, days + 1, own)
    spans = (each.span for each in hours if not each.terms.is_booked)
    for span in sorted(spans, key=lambda span: span.start):
        if span.end > local:
            yield Session(counter, span.start, span.end, state_of(span.start, local))


def state_of(starts_at: dt.datetime, local: dt.datetime) -> State:
    if starts_at <= local:
        return "now"
    return "today" if starts_at.date() == local.date() else "next"
