"""The meetings of a class, laid out over its term; and the end of a term."""

import datetime as dt
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate

from circle.booking.transitions import change_status
from circle.calendar.opening_hours import Timetable
from circle.calendar.working_days import SHANGHAI, Calendar
from circle.models import Closure
from eldercare.models import ClassSession, Enrolment, SchoolClass

Status = Enrolment.Status
WEEK = dt.timedelta(days=7)
A_MINUTE = dt.timedelta(minutes=1)
Meeting = tuple[dt.datetime, dt.datetime]


@transaction.atomic
def lay_out_sessions(*, school_class: SchoolClass, at: dt.datetime) -> int:
    """Every week of the term but holidays and closures; returns what changed. Twice changes nothing.

    A meeting to come that a new closure hits is taken out, and comes back when the closure is gone; one whose
    roll was taken stays.
    """
    wanted = {
        starts.astimezone(SHANGHAI).date(): (starts, ends) for starts, ends in planned_meetings(school_class)
    }
    known = {row.day: row for row in school_class.sessions.select_for_update(no_key=True)}
    changed = 0
    for day, row in known.items():
        if row.roll_at or row.starts_at <= at:
            continue
        if day not in wanted:
            changed += row.delete()[0]
        elif wanted[day] != (row.starts_at, row.ends_at):
            row.starts_at, row.ends_at = wanted[day]
            row.save(update_fields=["starts_at", "ends_at"])
            changed += 1
    new = [
        ClassSession(
            community_id=school_class.community_id,
            school_class=school_class,
            day=day,
            starts_at=starts,
            ends_at=ends,
        )
        for day, (starts, ends) in wanted.items()
        if day not in known and starts > at
    ]
    ClassSession.objects.bulk_create(new, ignore_conflicts=True)
    return changed + len(new)


def planned_meetings(school_class: SchoolClass) -> Iterator[Meeting]:
    term = school_class.term
    if not school_class.is_active:
        return
    calendar = Calendar.load(term.first_day, term.last_day)
    closed = Timetable(hours=[], closures=list(Closure.objects.filter(facility=school_class.facility_id)))
    day = term.first_day + dt.timedelta(days=(school_class.weekday - term.first_day.weekday()) % 7)
    while day <= term.last_day:
        starts = dt.datetime.combine(day, school_class.opens, tzinfo=SHANGHAI)
        ends = dt.datetime.combine(day, school_class.closes, tzinfo=SHANGHAI)
        is_closed = closed.closure_at(starts) or closed.closure_at(ends - A_MINUTE)
        if not calendar.day(day).is_holiday and not is_closed:
            yield starts, ends
        day += WEEK


def finish_terms(*, at: dt.datetime) -> int:
    """After the last day the places of a term are over."""
    over = Enrolment.objects.live().filter(term__last_day__lt=localdate(at))
    return sum(finish_enrolment(row, at) for row in over)


@transaction.atomic
def finish_enrolment(row: Enrolment, at: dt.datetime) -> bool:
    """Whether it was done now; who still waited for a draw had no place."""
    had_place = row.status == Status.ENROLLED
    try:
        change_status(
            row,
            verb="enrolment_finished" if had_place else "enrolment_not_drawn",
            allowed=[row.status],
            to=Status.FINISHED if had_place else Status.NOT_DRAWN,
            at=at,
            by=None,
        )
    except ValidationError:  # cancelled or finished at this moment
        return False
    return True
