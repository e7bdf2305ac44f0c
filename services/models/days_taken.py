"""How long an item really takes: from cases that are closed, and from visits to the hall."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from django.db.models import Min, Q
from django.utils.timezone import localdate

from circle.calendar.working_days import ONE_DAY, Calendar, suspended_days
from services.models.case_clock import stops_of
from services.models.case_states import CaseStatus
from services.models.case_steps import CaseStep
from services.models.cases import AgencyCase
from services.models.catalogue import ServiceItem
from services.models.tickets import Ticket

FEWEST = 10
YEAR = dt.timedelta(days=365)


@dataclass(frozen=True)
class Taken:
    """Median and 90th percentile by nearest rank, of `n`: working days of cases, or minutes of visits."""

    n: int
    median: int
    late: int
    in_days: bool


def taken_of(lengths: Sequence[int], *, in_days: bool) -> Taken | None:
    """None below ten: then it would speak of single people. Decided on the same day counts as one day."""
    if len(lengths) < FEWEST:
        return None
    ranked = sorted(max(each, 1) for each in lengths)
    median, late = (ranked[ceil(share * len(ranked)) - 1] for share in (0.5, 0.9))
    return Taken(len(ranked), median, late, in_days)


def time_taken(item: ServiceItem, at: dt.datetime) -> list[Taken]:
    """Of the last year, by its cases and by its visits; four queries at most."""
    by_cases = taken_of(days_of_cases(item, at), in_days=True)
    by_visits = taken_of(minutes_of_visits(item, at), in_days=False)
    return [taken for taken in (by_cases, by_visits) if taken]


def minutes_of_visits(item: ServiceItem, at: dt.datetime) -> list[int]:
    """From arrival to the end, whole minutes; of a booking from its time on."""
    done = {"status": Ticket.Status.DONE, "done_at__isnull": False}
    rows = Ticket.objects.filter(item=item, day__gt=localdate(at) - YEAR, **done)
    found: Any = rows.values_list("drawn_at", "first_from", "done_at", "booking")
    return [minutes_between(*times) for times in found]


def minutes_between(
    drawn_at: dt.datetime, first_from: dt.datetime | None, done_at: dt.datetime, booking: int | None
) -> int:
    since = max(drawn_at, first_from) if booking and first_from else drawn_at
    return max(round((done_at - since).total_seconds() / 60), 0)


def days_of_cases(item: ServiceItem, at: dt.datetime) -> list[int]:
    """Working days from handing in to the decision, without those on which the clock stood still; one query
    while there are too few."""
    kinds = [CaseStep.Kind.APPROVED, CaseStep.Kind.REFUSED]
    rows = AgencyCase.objects.filter(item=item, status=CaseStatus.CLOSED, status_at__gt=at - YEAR)
    rows = rows.annotate(decided_at=Min("steps__at", filter=Q(steps__kind__in=kinds)))
    cases: list[Any] = [case for case in rows.order_by() if case.submitted_at and case.decided_at]
    if len(cases) < FEWEST:
        return []
    stops = stops_of(cases)
    spans = [(case.pk, localdate(case.submitted_at), localdate(case.decided_at)) for case in cases]
    calendar = Calendar.load_days(min(span[1] for span in spans), max(span[2] for span in spans))
    return [
        workdays_between(calendar, first, last, suspended_days([stop.span for stop in stops.get(pk, [])]))
        for pk, first, last in spans
    ]


def workdays_between(calendar: Calendar, first: dt.date, last: dt.date, suspended: set[dt.date]) -> int:
    """After the first day, which is not counted, up to the last one."""
    days = (first + n * ONE_DAY for n in range(1, (last - first).days + 1))
    return sum(day not in suspended and calendar.is_workday(day) for day in days)
