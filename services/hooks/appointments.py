"""Hall bookings that a change of hours, closures or counters hits: the hook `appointments`."""

import datetime as dt

from django.urls import reverse

from circle.backoffice.row_actions import pass_row_as
from circle.booking.affected import Appointments
from circle.booking.change_rules import format_day_and_time
from services.actions import move_to_like_time, revoke_booking
from services.models import Booking, BookingQuerySet


def hall_appointments() -> list[Appointments]:
    hall = Appointments(
        name="hall",
        stranded=stranded_bookings,
        describe=describe_booking,
        place_of=lambda booking: booking.slot.counter.facility,
        starts_at=lambda booking: booking.slot.starts_at,
        permission="services.change_booking",
        queue=f"{reverse('admin:services_booking_changelist')}?attention=stranded",
        call_off=pass_row_as("booking", revoke_booking),
        move=pass_row_as("booking", move_to_like_time),
    )
    return [hall]


def stranded_bookings(at: dt.datetime) -> BookingQuerySet:
    rows = Booking.objects.stranded(at).order_by("slot__starts_at", "pk")
    return rows.select_related(
        "community", "item", "mandate", "slot__counter__facility__community", "resident__login"
    )


def describe_booking(booking: Booking) -> str:
    when, item = format_day_and_time(booking.slot.starts_at), booking.item.name
    return f"{when} · {booking.resident} · {item} · {booking.code}"
