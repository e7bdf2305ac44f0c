"""What circle/booking/changes.py has to know about care bookings."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from circle.booking.change_rules import Rules
from circle.models import User, Via
from eldercare.actions.messages import booking_values, notify_released_crew
from eldercare.actions.taken_times import free_all, take_elder
from eldercare.models import CareBooking
from eldercare.models.bookings import TO_COME


def scope_of(booking: CareBooking, by: User) -> str:
    return booking.kind.scope_of(by, booking.resident)


def deadline_of(booking: CareBooking, via: str, at: dt.datetime) -> dt.datetime | None:
    """The kind's, online; for staff none: until it has an outcome."""
    return booking.cancellable_until(at) if via == Via.ONLINE else None


def release_crew(booking: CareBooking, at: dt.datetime) -> None:
    booking.refresh_from_db(fields=["assigned_to", "assistant"])  # of the row that is locked now
    free_all(booking, booking.crew)
    notify_released_crew(booking, booking.crew, at)


def clash_error(clash: IntegrityError) -> ValidationError:
    """Which unique key it was: another kind at that time, or the same kind on that day."""
    return busy_error() if "starts_at" in str(clash) else already_booked_error()


def already_booked_error() -> ValidationError:
    return ValidationError(
        _("This kind of care is already arranged for this person and day."), code="already_booked"
    )


def busy_error() -> ValidationError:
    return ValidationError(_("Something else is booked for this person at this time."), code="busy")


CARE = Rules(
    prefix="care",
    model=CareBooking,
    changeable=TO_COME,
    values=booking_values,
    scope=scope_of,
    deadline=deadline_of,
    clash=clash_error,
    free_others=release_crew,
    take_others=take_elder,
)
