"""When a kind of care is given and on which terms."""

import datetime as dt
from typing import NamedTuple

from circle.booking.layout import Hours, hours_on_terms
from circle.calendar.working_days import Calendar
from circle.models.facilities import timetable_rows
from circle.proximity.nearby import facility_timetable
from eldercare.models.kinds import CareKind, CareKindQuerySet
from eldercare.models.slots import CareShift


class Terms(NamedTuple):
    """How long a time lasts, and for how many people."""

    minutes: int
    places: int

    @property
    def is_booked(self) -> bool:
        return bool(self.minutes and self.places)


def with_hours(kinds: CareKindQuerySet, at: dt.datetime) -> CareKindQuerySet:
    """With all that `hours_of` reads; four queries for any number of kinds."""
    return kinds.select_related("facility__community", "facility__kind").prefetch_related(
        *timetable_rows(at, "facility__"), "shifts"
    )


def terms_of(kind: CareKind, shift: CareShift | None = None) -> Terms:
    """The shift's; without shifts the kind's own, of which there are none where it has no places."""
    return Terms(shift.slot_minutes, shift.places) if shift else Terms(kind.minutes or 0, kind.places)


def hours_of(kind: CareKind, calendar: Calendar, days: int) -> list[Hours[Terms]]:
    """As `hours_on_terms`, of a kind loaded by `with_hours`."""
    place, shifts = facility_timetable(kind.facility), kind.shifts.all()
    return hours_on_terms(shifts, place, calendar, days, lambda shift: terms_of(kind, shift))
