"""Times for visits: laid out from the shifts of each nursery, the calendar and its closures."""

import datetime as dt
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from childcare.models import VisitPlan, VisitShift, VisitSlot
from circle.booking.layout import Hours, Turn, hours_on_terms, lay_out
from circle.calendar.working_days import ONE_DAY, SHANGHAI, Calendar
from circle.models.facilities import timetable_rows
from circle.proximity.nearby import facility_timetable

EMPTY_SLOT_RETENTION = dt.timedelta(days=60)


class Terms(NamedTuple):
    """How long a turn lasts, and for how many families."""

    minutes: int
    places: int

    @property
    def is_booked(self) -> bool:
        return bool(self.minutes and self.places)


NO_TERMS = Terms(0, 0)


def terms_of(shift: VisitShift | None) -> Terms:
    return Terms(shift.slot_minutes, shift.places) if shift else NO_TERMS


def lay_out_visits(*, at: dt.datetime) -> int:
    """Create the missing times of the shifts; returns the number created.

    A handful of queries where nothing has changed since the last time, however many nurseries there are.
    """
    rows = VisitPlan.objects.filter(is_open=True).select_related("facility__community", "facility__kind")
    plans = list(rows.prefetch_related(*timetable_rows(at, "facility__"), "shifts"))
    if not plans:
        return 0
    today = at.astimezone(SHANGHAI).date()
    reach = max(plan.days_ahead for plan in plans)
    # From yesterday on, as `lay_out` compares the hours of whole days.
    calendar = Calendar.load_days(today - ONE_DAY, today + reach * ONE_DAY)
    return sum(lay_out_plan(plan, calendar, at) for plan in plans)


def lay_out_plan(plan: VisitPlan, calendar: Calendar, at: dt.datetime) -> int:
    return lay_out(
        owner=plan,
        hours=hours_of(plan, calendar),
        first=calendar.first,
        coming=VisitSlot.objects.filter(plan=plan).upcoming(at),
        wanted=partial(slots_of_turn, plan),
        key=lambda slot: slot.starts_at,
        at=at,
    )


def hours_of(plan: VisitPlan, calendar: Calendar) -> list[Hours[Terms]]:
    shifts = plan.shifts.all()
    if not shifts:
        return []
    return hours_on_terms(shifts, facility_timetable(plan.facility), calendar, plan.days_ahead + 1, terms_of)


def slots_of_turn(plan: VisitPlan, turn: Turn[Terms]) -> Iterator[VisitSlot]:
    yield VisitSlot(
        community_id=plan.community_id,
        plan=plan,
        day=turn.starts_at.date(),
        starts_at=turn.starts_at,
        ends_at=turn.ends_at,
        capacity=turn.terms.places,
    )


def forget_empty_visit_times(*, at: dt.datetime) -> int:
    """Delete times that are long over and were never booked; returns the number deleted."""
    return VisitSlot.objects.filter(ends_at__lt=at - EMPTY_SLOT_RETENTION, bookings=None).delete()[0]
