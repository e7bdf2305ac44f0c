"""The sheet of a day of elder care, and what of a booking its reader may see."""

import datetime as dt
from collections import Counter as Tally
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext

from circle.backoffice.row_actions import (
    RowAction,
)
from circle.calendar.opening_hours import clock_text
from circle.models import User
from eldercare.actions.word_of_day import word_of
from eldercare.backoffice.bookings import VIEW, Status, care_actions
from eldercare.models import CareBooking, CareCheck, ServiceRecord
from eldercare.models.bookings import FREED


@dataclass(frozen=True)
class Row:
    booking: CareBooking
    verbs: list[RowAction]
    needs: list[str]
    note: str
    word: str  # to be said at the door


@dataclass(frozen=True)
class DaySheet:
    """The care of one day by time, the requests without a day, and the number of each status."""

    rows: list[Row]
    without_day: list[Row]
    by_state: list[tuple[Any, int]]


def day_sheet(bookings: "QuerySet[CareBooking]", day: dt.date, at: dt.datetime, *, reader: User) -> DaySheet:
    """`bookings`: those that the user may see. Four queries for any number of them."""
    shown = bookings.select_related("kind__facility", "slot", "resident", "building")
    shown = shown.select_related("assigned_to", "assistant", "service_record").prefetch_related(
        "kind__questions"
    )
    of_day = shown.filter(day=day).exclude(status__in=FREED).order_by("starts_at", "kind__order", "pk")
    rows = [sheet_row(booking, at, reader) for booking in of_day]
    # Sorted here, because the databases order NULL differently.
    rows.sort(key=lambda row: (row.booking.starts_at is None, row.booking.starts_at or at))
    open_ones = shown.filter(day=None, status=Status.REQUESTED).order_by("booked_at", "pk")
    states = Tally(row.booking.status for row in rows)
    return DaySheet(
        rows,
        [sheet_row(booking, at, reader) for booking in open_ones],
        [(state.label, states[state]) for state in Status if state not in FREED],
    )


def sheet_row(booking: CareBooking, at: dt.datetime, reader: User) -> Row:
    verbs = care_actions(booking, at, reader)
    is_readable = can_read_needs(booking, reader)
    return Row(
        booking,
        verbs,
        needs_of(booking) if is_readable else [],
        booking.note if is_readable else "",
        word_of(booking, at) if is_readable else "",
    )


def can_read_needs(booking: CareBooking, reader: User) -> bool:
    """The elder's answers are for the worker who comes and for who plans the care, as the form promises."""
    return booking.has_in_crew(reader) or reader.has_perm(VIEW)


def needs_of(booking: CareBooking) -> list[str]:
    """The needs that were ticked, as they read today; of a booking with its kind's questions loaded."""
    return [each.text for each in booking.kind.questions.all() if each.code in booking.needs]


def check_words(check: CareCheck) -> str:
    """The values of a check of the day, with who took them."""
    words: dict[str, Any] = {
        "outcome": gettext("passed") if check.is_passed else gettext("not passed"),
        "name": check.taken_by,
        "time": clock_text(localtime(check.taken_at)),
    }
    if check.systolic is None:
        return gettext("%(outcome)s · %(name)s %(time)s") % words
    words |= {"pressure": f"{check.systolic}/{check.diastolic}", "pulse": check.pulse}
    words["temperature"] = check.temperature
    return (
        gettext("%(pressure)s mmHg · %(pulse)s · %(temperature)s °C · %(outcome)s · %(name)s %(time)s")
        % words
    )


def service_words(booking: CareBooking, found: ServiceRecord) -> str:
    """From when until when, what was done, and how the elder agreed."""
    tasks = [each.text for each in booking.kind.tasks if each.code in found.done]
    hours = f"{clock_text(localtime(found.began_at))}–{clock_text(localtime(found.ended_at))}"
    is_open = found.signed_at is None
    agreed = gettext("to be confirmed by telephone") if is_open else found.get_signature_display()
    both = [gettext("both carers confirmed")] if booking.second_at else []
    disputed = [gettext("disputed by the elder: %(text)s") % {"text": found.dispute}] if found.dispute else []
    why = [found.reason] if found.reason else []
    return " · ".join([hours, *tasks, *both, str(agreed), *why, *disputed])
