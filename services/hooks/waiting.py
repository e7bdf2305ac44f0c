"""Bookings for which somebody has to come or to choose: the hook `waiting`."""

import datetime as dt

from django.utils.translation import gettext as _

from circle.models import User
from circle.notifications.waiting import SOON, Waiting
from circle.templatetags.circle_tags import clock_time, month_day
from services.models import Booking

SHOWN = 10


def waiting_bookings(user: User, at: dt.datetime) -> list[Waiting]:
    """Those whose time was closed, and those of today and tomorrow."""
    mine = Booking.objects.mine(user).live().shown().with_stranded(at).order_by("slot__starts_at")
    return [
        Waiting(row.item.name, note_of(row), row.get_absolute_url(), row.slot.starts_at)
        for row in mine.filter(slot__ends_at__gte=at)[:SHOWN]
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
