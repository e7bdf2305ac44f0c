"""Care that cannot take place as arranged goes to the next like time, or a request to the next open day."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.booking.transitions import checked_reason
from circle.models import User, Via
from eldercare.actions.moving import move_booking, next_open_day, times_to_move_to
from eldercare.models import CareBooking

TRIES = 5  # times that somebody else took meanwhile, or at which the elder has something else
TRY_NEXT = ("full", "slot_closed", "slot_past", "already_booked", "busy", "resident_busy")


def move_to_like_time(*, booking: CareBooking, at: dt.datetime, by: User, reason: str) -> CareBooking:
    """Move what was booked to the next free time and what was requested to the next open day.

    The person gets one message; who was assigned is free, and it waits for somebody to be sent.
    Refuses: reason_missing, reason_too_long, not_stranded (it takes place), no_time, and as `move_booking`.
    """
    reason = checked_reason(reason)
    own = CareBooking.objects.filter(pk=booking.pk)
    if not (own.stranded(at).exists() or own.without_crew(at).exists()):
        raise ValidationError(_("This booking takes place: it stays as it is."), code="not_stranded")
    said: dict[str, Any] = {"booking": booking, "at": at, "via": Via.PHONE, "by": by, "reason": reason}
    if booking.slot_id:
        for slot in times_to_move_to(booking, at)[:TRIES]:
            try:
                return move_booking(slot=slot, **said)
            except ValidationError as refusal:
                if refusal.code not in TRY_NEXT:
                    raise
    elif day := next_open_day(booking, at):
        return move_booking(day=day, **said)
    raise ValidationError(
        _("No other time is free: it stays in this list. Add times, or call it off."), code="no_time"
    )
