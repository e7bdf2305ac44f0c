"""Bookings for which somebody has to come or to choose: the hook `waiting`."""

import datetime as dt

from django.utils.translation import gettext as _

from circle.models import User
from circle.notifications.waiting import SOON, Waiting
from circle.templatetags.circle_tags import clock_time, month_day
from services.models import Booking
from services.templatetags.services_tags import bookings_of_login


def waiting_bookings(user: User, at: dt.datetime) -> list[Waiting]:
    """Those whose time was closed, and those of today and tomorrow."""
    to_come = [row for row in bookings_of_login(user, at) if row.is_live and row.slot.ends_at >= at]
    return [
        Waiting(row.item.name, note_of(row), row.get_absolute_url(), row.slot.starts_at)
        for row in to_come
        if is_stranded(row) or row.slot.starts_at < at + SOON
    ]


def is_stranded(booking: Booking) -> bool:
    found: bool = booking.is_stranded  # type: ignore[attr-defined]
    return found


def note_of(booking: Booking) -> str:
    if is_stranded(booking):
        return _("This time has been closed. Please choose another.")
    when = {"day": month_day(booking.slot.starts_at), "time": clock_time(booking.slot.starts_at)}
    return _("Come on %(day)s, %(time)s.") % when
