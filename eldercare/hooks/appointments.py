"""Care that a closure, new hours or a kind no longer offered hits: the hook `appointments`.

A care time is moved by talking to the elder: in the question it stays as it is, or is called off.
"""

import datetime as dt

from django.urls import reverse
from django.utils.formats import date_format

from circle.backoffice.row_actions import pass_row_as
from circle.booking.affected import Appointments
from circle.booking.change_rules import format_day_and_time
from eldercare.actions import revoke_booking
from eldercare.models import CareBooking
from eldercare.models.bookings import CareBookingQuerySet


def care_appointments() -> Appointments:
    return Appointments(
        name="care",
        stranded=stranded_care,
        describe=describe_care,
        place_of=lambda booking: booking.kind.facility,
        starts_at=lambda booking: booking.starts_at or booking.day,
        permission="eldercare.change_carebooking",
        queue=f"{reverse('admin:eldercare_carebooking_changelist')}?attention=stranded",
        call_off=pass_row_as("booking", revoke_booking),
    )


def stranded_care(at: dt.datetime) -> CareBookingQuerySet:
    rows = CareBooking.objects.stranded(at).order_by("day", "starts_at", "pk")
    return rows.select_related(
        "community",
        "kind__facility__community",
        "slot",
        "resident__login",
        "mandate__agent",
        "assigned_to",
        "assistant",
    )


def describe_care(booking: CareBooking) -> str:
    day = date_format(booking.day, "MONTH_DAY_FORMAT") if booking.day else ""
    when = format_day_and_time(booking.starts_at) if booking.starts_at else day
    return f"{when} · {booking.resident} · {booking.kind.name} · {booking.code}"
