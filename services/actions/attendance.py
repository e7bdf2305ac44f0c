"""Changes of a booking on its day at the hall: arrival, outcome, taking a step back."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.booking import changes
from circle.booking.change_rules import notify_of_change
from circle.booking.slots import claim
from circle.booking.transitions import change_status, checked_reason
from circle.calendar.working_days import SHANGHAI
from circle.models import Record, User
from services.actions.booking_tickets import close_for_booking, draw_for_booking, follow_undo
from services.actions.hall_rules import HALL
from services.actions.other_bookings import next_numbers
from services.models import Booking
from services.models.bookings import LIVE

Status = Booking.Status
UNDONE = "booking_undone"
NO_OBJECTION = {"objection": "", "objected_at": None, "objection_answer": ""}


@transaction.atomic
def check_in_booking(*, booking: Booking, at: dt.datetime, by: User) -> Booking:
    """Record that the person has arrived: from the booked time on they are the first in line.

    Refuses: wrong_day, already_arrived, not_possible.
    """
    if booking.day != day_of(at):
        raise ValidationError(
            _("This booking is for another day: %(day)s."), code="wrong_day", params={"day": booking.day}
        )
    apply_transition(booking, [Status.BOOKED], Status.ARRIVED, at, by)
    draw_for_booking(booking, at, by)
    return booking


@transaction.atomic
def complete_booking(*, booking: Booking, at: dt.datetime, by: User) -> Booking:
    """Record that the matter is dealt with, also without a check-in.

    Refuses: too_early (a day ahead), already_served, not_possible.
    """
    if booking.day > day_of(at):
        raise ValidationError(_("This booking is for a later day."), code="too_early")
    apply_transition(booking, [Status.BOOKED, Status.ARRIVED], Status.SERVED, at, by)
    close_for_booking(booking, at, by)
    return booking


@transaction.atomic
def record_no_show(*, booking: Booking, at: dt.datetime, by: User) -> Booking:
    """Record that the person did not come and had not cancelled.

    Refuses: too_early (it has not begun), already_no_show, not_possible.
    """
    refuse_before_start(booking, at)
    return apply_transition(booking, [Status.BOOKED], Status.NO_SHOW, at, by)


@transaction.atomic
def excuse_absence(*, booking: Booking, at: dt.datetime, by: User, reason: str) -> Booking:
    """Record an absence with a reason, which does not count against the person; also corrects a no-show.

    Who said something against the no-show is told.

    Refuses: reason_missing, too_early (it has not begun: cancel it instead), already_excused, not_possible.
    """
    refuse_before_start(booking, at)
    apply_transition(
        booking, [Status.BOOKED, Status.NO_SHOW], Status.EXCUSED, at, by, reason=checked_reason(reason)
    )
    # Now that its row is locked: since it was read, somebody may have objected or rejected the objection.
    booking.refresh_from_db(fields=["objected_at", "objection_answer"])
    if booking.objected_at and not booking.objection_answer:
        notify_of_change(HALL, booking, "objection_granted", at)
    return booking


@transaction.atomic
def undo_transition(*, booking: Booking, at: dt.datetime, by: User) -> Booking:
    """Take back the last step, on the day it was made; what was said against a no-show goes with it.

    Refuses: too_late (made on another day), nothing_to_undo, already_booked (there is a newer booking),
    not_in_a_row, busy, full (its room went to the next), slot_closed, slot_past (a room whose hour is over).
    """
    undoable = [Status.ARRIVED, Status.SERVED, Status.NO_SHOW, Status.EXCUSED]
    steps = Record.objects.about(booking).filter(to_state=booking.status).exclude(verb=UNDONE)
    last = steps.order_by("-id").first()
    if booking.status not in undoable or last is None or not last.from_state:
        raise ValidationError(_("There is nothing to take back."), code="nothing_to_undo")
    if day_of(booking.status_at) != day_of(at):
        raise changes.late_undo_error()
    columns: dict[str, Any] = {}
    if last.from_state in LIVE:
        columns |= next_numbers(booking, booking.slot, is_limited=False)
    if booking.status == Status.NO_SHOW:
        columns |= NO_OBJECTION
    is_taken_again = booking.released_at is not None and last.from_state in LIVE
    if is_taken_again:
        columns["released_at"] = None
    changes.undo(HALL, booking, last.from_state, allowed=[booking.status], at=at, by=by, **columns)
    if is_taken_again:
        claim(booking.slot, Q(ends_at__gt=at))
    follow_undo(booking, at, by)
    return booking


def apply_transition(
    booking: Booking,
    allowed: list[Booking.Status],
    to: Booking.Status,
    at: dt.datetime,
    by: User,
    reason: str = "",
) -> Booking:
    change_status(booking, verb=f"booking_{to}", allowed=allowed, to=to, at=at, by=by, reason=reason)
    return booking


def refuse_before_start(booking: Booking, at: dt.datetime) -> None:
    if booking.slot.starts_at > at:
        raise ValidationError(_("It has not begun yet."), code="too_early")


def day_of(at: dt.datetime) -> dt.date:
    return at.astimezone(SHANGHAI).date()
