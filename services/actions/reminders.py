"""Reminders of hall bookings."""

import datetime as dt

from django.db.models import Q

from circle.booking.changes import remind
from circle.booking.reminders import due_reminders
from services.actions.bookings import Status
from services.actions.hall_rules import HALL
from services.models import Booking
from services.models.bookings import stranded_at


def send_reminders(*, at: dt.datetime) -> int:
    """Remind of tomorrow's bookings, and of today's where the eve was missed; returns their number.

    Once each, and not of what was made or moved on the eve or later.
    """
    due = Q()
    for day, arranged_before in due_reminders(at):
        due |= Q(day=day, status_at__lt=arranged_before)  # since then it was neither made nor moved
    rows = Booking.objects.filter(
        due,
        status=Status.BOOKED,
        slot__starts_at__gt=at,
        reminded_at=None,
        resident__died_on=None,
    ).select_related("community", "resident__login", "booked_by", "item", "slot__counter__facility")
    rows = rows.exclude(stranded_at(at))  # they hear from staff
    return sum(remind(HALL, booking, at) for booking in rows)
