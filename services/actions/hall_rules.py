"""What circle/booking/changes.py has to know about the bookings of the hall."""

import datetime as dt

from circle.booking.change_rules import Rules
from circle.models import Mandate, User, Via
from circle.notifications import Value
from services.actions.offers import lock_counter, serve_line
from services.actions.other_bookings import already_booked_error
from services.models import Booking, Slot


def message_values(booking: Booking, reason: str) -> dict[str, Value]:
    counter = booking.slot.counter
    return {
        "code": booking.code,
        "starts_at": booking.slot.starts_at,
        "item": booking.item.name_pair,
        "place": (counter.facility.name_zh, counter.facility.name_en),
        "reason": reason,
    }


def scope_of(booking: Booking, by: User) -> str:
    return Mandate.Scope.BOOKINGS


def deadline_of(booking: Booking, via: str, at: dt.datetime) -> dt.datetime:
    """The item's, online; for staff the start."""
    return booking.cancellable_until if via == Via.ONLINE else booking.slot.starts_at


def lock_lines(*slots: Slot) -> None:
    for pk in sorted({slot.counter_id for slot in slots}):
        lock_counter(pk)


HALL = Rules(
    prefix="booking",
    model=Booking,
    changeable=[Booking.Status.BOOKED],
    values=message_values,
    scope=scope_of,
    deadline=deadline_of,
    clash=lambda _clash: already_booked_error(),
    lock_lines=lock_lines,
    serve_line=serve_line,
)
