"""Bookings whose time no longer takes place, moved by staff to the time most like it."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.booking.transitions import checked_reason
from circle.models import User, Via
from services.actions.changes import move_booking
from services.actions.other_bookings import without_days_of
from services.models import Booking, Slot
from services.models.counters import like_slots

TRIES = 5  # times that somebody else took meanwhile, or at which the person has another booking
TRY_NEXT = ("full", "slot_closed", "slot_past", "already_booked", "not_in_a_row", "busy", "day_limit")


def move_to_like_time(*, booking: Booking, at: dt.datetime, by: User, reason: str) -> Booking:
    """Move it to the next free time, at its place where there is one; the person gets one message.

    Refuses: reason_missing, reason_too_long, not_stranded (it takes place), no_time, and as `move_booking`.
    """
    reason = checked_reason(reason)
    if not Booking.objects.stranded(at).filter(pk=booking.pk).exists():
        raise ValidationError(_("This booking takes place: it stays as it is."), code="not_stranded")
    others = Booking.objects.live().filter(resident=booking.resident_id, item=booking.item_id)
    slots = without_days_of(
        Slot.objects.upcoming_for(booking.item, at), others.exclude(pk=booking.pk), booking.item
    )
    for slot in like_slots(slots, booking.slot)[:TRIES]:
        try:
            return move_booking(booking=booking, slot=slot, at=at, via=Via.PHONE, by=by, reason=reason)
        except ValidationError as refusal:
            if refusal.code not in TRY_NEXT:
                raise
    raise ValidationError(
        _("No other time is free: it stays in this list. Add times, or call it off."), code="no_time"
    )
