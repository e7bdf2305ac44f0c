"""Until when who has to act in an agency case: computed from its history each time, stored nowhere."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db.models import Subquery
from django.utils.timezone import localdate

from circle.calendar.legal_parameters import rule_in_force
from circle.calendar.working_days import Calendar, DueDate, due_date_in, reach_of_period
from circle.models import Rule
from services.models.case_states import STAGES, CaseStatus, Holder
from services.models.case_steps import CaseStop
from services.models.cases import AgencyCase, AgencyCaseQuerySet

RULE = "agency_promises"


@dataclass(frozen=True)
class Clock:
    """`due` is None where nobody has a limit, and while a stop of the office has no end."""

    holder: Holder
    due: DueDate | None = None

    def is_late(self, today: dt.date) -> bool:
        return self.due is not None and self.due.on < today


@dataclass(frozen=True)
class Period:
    received_on: dt.date
    workdays: int
    stops: list[tuple[dt.date, dt.date | None]]


def clocks_of(
    cases: Iterable[AgencyCase], today: dt.date, load: Callable[[dt.date, dt.date], Calendar] = Calendar.load
) -> dict[int, Clock]:
    """By the key of each case, with one calendar for all; in a few queries, however many they are."""
    rows = list(cases)
    if not rows:
        return {}
    promises, stops = promises_for(rows[0], today), stops_of(rows)
    periods = {row.pk: period_of(row, promises, stops.get(row.pk, [])) for row in rows}
    spans = [period for period in periods.values() if period]
    if not spans:
        return {row.pk: Clock(holder_of(row)) for row in rows}
    last = max(reach_of_period(span.received_on, span.workdays, span.stops) for span in spans)
    calendar = load(min(span.received_on for span in spans), last)
    return {row.pk: Clock(holder_of(row), due_of(calendar, periods[row.pk])) for row in rows}


def clock_of(case: AgencyCase, today: dt.date) -> Clock:
    return clocks_of([case], today)[case.pk]


def late_cases(rows: AgencyCaseQuerySet, today: dt.date) -> dict[int, Clock]:
    """Those of the live ones whose time is over."""
    clocks = clocks_of(with_promises(rows.live(), today), today, Calendar.load_days)
    return {pk: clock for pk, clock in clocks.items() if clock.is_late(today)}


def with_promises(rows: AgencyCaseQuerySet, today: dt.date) -> AgencyCaseQuerySet:
    """For `clocks_of`, with the rule read along: three queries for all."""
    rules = Rule.objects.filter(kind=RULE, valid_from__lte=today).order_by("-valid_from")
    return rows.select_related("item").annotate(promises=Subquery(rules.values("params")[:1]))


def promises_for(case: AgencyCase, today: dt.date) -> dict[str, int]:
    if hasattr(case, "promises"):
        return case.promises or {}
    return promised_days(today)


def promised_days(on: dt.date) -> dict[str, int]:
    """Empty where the rule has no values: then only the office has a limit."""
    try:
        return dict(rule_in_force(RULE, on=on).params)
    except ValidationError:
        return {}


def stops_of(cases: list[AgencyCase]) -> dict[int, list[CaseStop]]:
    found: dict[int, list[CaseStop]] = {}
    for stop in CaseStop.objects.in_force().filter(case__in=[row.pk for row in cases]):
        found.setdefault(stop.case_id, []).append(stop)
    return found


def holder_of(case: AgencyCase) -> Holder:
    return stage_of(case)[0] if case.status in STAGES else Holder.NOBODY


def stage_of(case: AgencyCase) -> tuple[Holder, str]:
    """Papers that were sent online wait for us, as those of a new case do."""
    return STAGES[CaseStatus.AUTHORISED if case.supplied_at else case.status]


def period_of(case: AgencyCase, promises: dict[str, int], stops: list[CaseStop]) -> Period | None:
    if case.status not in STAGES:
        return None
    name = stage_of(case)[1]
    days = promises.get(name) if name else case.item.promised_days
    if days is None:
        return None
    began, is_stoppable = beginning_of(case)
    return Period(localdate(began), days, [stop.span for stop in stops] if is_stoppable else [])


def beginning_of(case: AgencyCase) -> tuple[dt.datetime, bool]:
    """From when the stage counts, and whether missing papers, notices and extensions suspend it."""
    if case.status == CaseStatus.SUBMITTED and case.submitted_at:
        return case.submitted_at, True
    if case.status == CaseStatus.ACCEPTED and case.accepted_at:
        return case.accepted_at, True
    return case.supplied_at or case.status_at, False


def due_of(calendar: Calendar, period: Period | None) -> DueDate | None:
    if period is None:
        return None
    return due_date_in(calendar, period.received_on, period.workdays, period.stops)
