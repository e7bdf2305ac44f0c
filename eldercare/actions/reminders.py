"""Reminders of care bookings."""

import datetime as dt

from django.db.models import Q

from circle.booking import changes
from circle.booking.reminders import due_reminders
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
    rows = CareBooking.objects.filter(
        due, is_to_come, status__in=[Status.CONFIRMED, Status.ASSIGNED], reminded_at=None
    ).select_related("community", "kind", "resident__login", "booked_by")
    rows = rows.exclude(CareBooking.stranded_at(at))  # they hear from staff
    return sum(changes.remind(CARE, booking, at) for booking in rows)
