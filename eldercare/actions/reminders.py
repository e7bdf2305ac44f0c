"""Reminders of care bookings."""

import datetime as dt

from django.db.models import Q, QuerySet

from circle.booking import changes
from circle.booking.reminders import due_again, due_reminders
from circle.calendar.working_days import SHANGHAI
from eldercare.actions.bookings import Status, day_of
from eldercare.actions.care_rules import CARE
from eldercare.models import CareBooking


def send_reminders(*, at: dt.datetime) -> int:
    """Remind of tomorrow's confirmed bookings, and of today's where the eve was missed; returns their number.

    Once each, and not of what was booked on the eve or later, or confirmed on the day itself.
    """
    due = Q()
    for day, arranged_before in due_reminders(at):
        midnight = dt.datetime.combine(day, dt.time.min, tzinfo=SHANGHAI)
        due |= Q(day=day, booked_at__lt=arranged_before, status_at__lt=midnight)
    noon = dt.datetime.combine(day_of(at), dt.time(12), tzinfo=SHANGHAI)
    is_to_come = Q(starts_at__gt=at) | Q(starts_at=None, day__gt=day_of(at))
    if at < noon:  # of a day without a time it is too late in the afternoon
        is_to_come |= Q(starts_at=None, day=day_of(at))
    found = arranged_care(at).filter(due, is_to_come, reminded_at=None)
    return sum(changes.remind(CARE, booking, at) for booking in found)


def send_second_reminders(*, at: dt.datetime) -> int:
    """Remind of what begins within two hours, where its kind of care asks for it; returns their number.

    Once each, and not of what was booked, moved, assigned or reminded of since.
    """
    due = due_again(at, begins="starts_at", arranged="status_at")
    found = arranged_care(at).filter(due, kind__reminds_again=True)
    return sum(changes.remind_again(CARE, booking, at) for booking in found)


def arranged_care(at: dt.datetime) -> QuerySet[CareBooking]:
    """Without those whose time does not take place: they hear from staff."""
    rows = CareBooking.objects.filter(status__in=[Status.CONFIRMED, Status.ASSIGNED])
    rows = rows.exclude(CareBooking.stranded_at(at))
    return rows.select_related("community", "kind", "resident__login", "booked_by")
