"""Reminders of hall bookings."""

import datetime as dt

from django.db.models import Q, QuerySet

from circle.booking.changes import remind, remind_again
from circle.booking.reminders import due_again, due_reminders
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
    found = to_come(at).filter(due, reminded_at=None)
    return sum(remind(HALL, booking, at) for booking in found)


def send_second_reminders(*, at: dt.datetime) -> int:
    """Remind of what begins within two hours, where its item asks for it; returns their number.

    Once each, and not of what was made, moved or reminded of since.
    """
    due = due_again(at, begins="slot__starts_at", arranged="status_at")
    found = to_come(at).filter(due, item__reminds_again=True)
    return sum(remind_again(HALL, booking, at) for booking in found)


def to_come(at: dt.datetime) -> QuerySet[Booking]:
    """Without those whose time does not take place: they hear from staff."""
    rows = Booking.objects.to_come(at).filter(resident__died_on=None).exclude(stranded_at(at))
    return rows.select_related("community", "resident__login", "booked_by", "item", "slot__counter__facility")
