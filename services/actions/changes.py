"""A hall booking is cancelled, called off or moved."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.booking import changes
from circle.booking.change_rules import refuse_late
from circle.booking.transitions import checked_reason
from circle.models import User, Via
from services.actions.bookings import Status, check_item
from services.actions.hall_rules import HALL
from services.actions.other_bookings import next_numbers
from services.models import Booking, Slot


def cancel_booking(
    *, booking: Booking, at: dt.datetime, via: str, by: User | None = None, is_proved: bool = False
) -> Booking:
    """Cancel at the resident's wish: online until the item's deadline, by staff until the start.

    `is_proved`: phone number and booking code stand for the person, whoever is signed in; `by` may be None.
    Refuses: too_late, already_cancelled, not_possible (arrived, served …), not_allowed (online `by` may not
    act for the resident, or the mandate has ended meanwhile).
    """
    return changes.cancel(HALL, booking, at=at, via=via, by=by, is_proved=is_proved)


def revoke_booking(*, booking: Booking, at: dt.datetime, by: User, reason: str) -> Booking:
    """Call off a booking from our side and notify the person; or take back a walk-in entered by mistake.

    Refuses: reason_missing, reason_too_long, already_revoked, not_possible, changed_meanwhile.
    """
    is_walk_in = booking.via == Via.WALK_IN
    return changes.revoke(
        HALL,
        booking,
        at=at,
        by=by,
        reason=checked_reason(reason),
        allowed=[Status.ARRIVED] if is_walk_in else [Status.BOOKED],
        is_told=not is_walk_in,  # who stands at the window needs no message
    )


def move_booking(
    *,
    booking: Booking,
    slot: Slot,
    at: dt.datetime,
    via: str,
    by: User | None = None,
    is_proved: bool = False,
    reason: str = "",
) -> Booking:
    """Give the booking another time; its code stays the same; `is_proved` as for `cancel_booking`.

    `reason`: why we move it, shown on its page until it is moved again.

    Refuses: too_late, same_slot, not_bookable, wrong_slot, other_community, too_far_ahead, slot_closed,
    slot_past, full, already_booked, not_in_a_row, busy, day_limit, not_possible, not_allowed (as for
    `cancel_booking`).
    """
    refuse_late(HALL, booking, at, via)
    if slot.pk == booking.slot_id:
        raise ValidationError(_("It is booked for this time already."), code="same_slot")
    check_item(booking.item, slot, via, at)
    is_live = booking.status == Status.BOOKED  # any other is refused below, with its own reason
    numbers = next_numbers(booking, slot, is_limited=slot.day != booking.day) if is_live else {}
    where = changes.Move(slot, slot.day, Status.BOOKED, numbers)
    return changes.move(HALL, booking, where, at=at, via=via, by=by, is_proved=is_proved, reason=reason)
