"""Care that has begun, and its end for the elder's safety."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from circle.booking.change_rules import notify_of_change
from circle.booking.transitions import change_status, checked_reason
from circle.models import User
from eldercare.actions.bookings import day_of
from eldercare.actions.care_rules import CARE
from eldercare.actions.certificates import refuse_without_certificate
from eldercare.actions.checks import refuse_not_yours, refuse_unready
from eldercare.actions.outcomes import refuse_before_start
from eldercare.actions.taken_times import without_clashes
from eldercare.models import CareBooking, CareSlot

Status = CareBooking.Status


@transaction.atomic
def begin_care(*, booking: CareBooking, at: dt.datetime, by: User) -> CareBooking:
    """Enter that the care begins now.

    Refuses: not_yours, too_early, wrong_day (not the day of the care), crew_missing, check_missing,
    out_of_range, certificate_missing, certificate_expired, already_in_service,
    not_possible (nobody is assigned, over), changed_meanwhile.
    """
    refuse_not_yours(booking, by)
    refuse_before_start(booking, at)
    if booking.is_live and booking.day != day_of(at):
        raise ValidationError(_("Care begins on its day."), code="wrong_day")
    refuse_unready(booking)
    if booking.status == Status.ASSIGNED:
        refuse_without_certificate(booking, booking.crew)
    change_status(
        booking,
        verb="care_begun",
        allowed=[Status.ASSIGNED],
        to=Status.IN_SERVICE,
        at=at,
        by=by,
        rows=CareBooking.objects.closable_by(by).ready_for_care(),
        began_at=at,
        home_by=booking.slot.ends_at if booking.kind.brings_home and booking.slot else None,
    )
    return booking


@transaction.atomic
def stop_for_safety(*, booking: CareBooking, at: dt.datetime, by: User, reason: str) -> CareBooking:
    """End it because it would not be safe: free of charge, and the elder is told the next free time.

    The message does not say the reason, which is about health.
    Refuses: not_yours, reason_missing, reason_too_long, wrong_day (assigned, for another day),
    already_stopped, not_possible (nobody is assigned, over), changed_meanwhile.
    """
    reason = checked_reason(reason)
    refuse_not_yours(booking, by)
    if booking.status == Status.ASSIGNED and booking.day != day_of(at):
        raise ValidationError(_("Only care of today is stopped. Call it off instead."), code="wrong_day")
    change_status(
        booking,
        verb="care_stopped",
        allowed=[Status.ASSIGNED, Status.IN_SERVICE],
        to=Status.STOPPED,
        at=at,
        by=by,
        rows=CareBooking.objects.closable_by(by),
        reason=reason,
        outcome_by=by,
    )
    free = next_free_times(booking, at).first()
    notify_of_change(CARE, booking, "stopped", at, more={"next_at": free.starts_at} if free else {})
    return booking


def next_free_times(booking: CareBooking, at: dt.datetime) -> QuerySet[CareSlot]:
    """Of the same kind, with a place, when nothing else is arranged for the elder; the earliest first."""
    own = CareBooking.objects.live().filter(resident=booking.resident_id)
    free = CareSlot.objects.open().upcoming(at).with_places_left().filter(kind=booking.kind_id)
    return without_clashes(free, own, booking.kind).order_by("starts_at")
