"""Rooms by the hour: whose hour has begun and who does not come, leaves the room to the next."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from circle.booking.transitions import change_status
from services.actions.offers import lock_counter
from services.models import Booking

Status = Booking.Status


def release_unused(*, at: dt.datetime) -> int:
    """Of items that say after how many minutes: the rest of the hour can be booked by others.

    Counted from the start, or from the booking where that was made during the hour. Returns their number;
    harmless when repeated or run twice at once. An hour that is over is left to staff, as ever.
    """
    rows = Booking.objects.filter(
        status=Status.BOOKED,
        item__release_minutes__isnull=False,
        slot__starts_at__lte=at,
        slot__ends_at__gt=at,
    )
    rows = rows.select_related("slot", "item")
    return sum(release_place(booking, at) for booking in rows if is_unused(booking, at))


def is_unused(booking: Booking, at: dt.datetime) -> bool:
    waited = dt.timedelta(minutes=booking.item.release_minutes or 0)
    return max(booking.slot.starts_at, booking.status_at) + waited <= at


@transaction.atomic
def release_place(booking: Booking, at: dt.datetime) -> bool:
    try:
        change_status(
            booking,
            verb="booking_released",
            allowed=[Status.BOOKED],
            to=Status.NO_SHOW,
            at=at,
            by=None,
            rows=Booking.objects.filter(slot=booking.slot_id),  # the place that is given back below
            released_at=at,
        )
    except ValidationError:  # checked in, cancelled or moved at this moment
        return False
    lock_counter(booking.slot.counter_id)
    booking.slot.give_back()
    return True
