"""Care that comes soon: the hook `waiting`."""

import datetime as dt

from django.utils.translation import gettext as _

from circle.models import User
from circle.notifications.waiting import SOON, Waiting
from circle.templatetags.circle_tags import clock_time, month_day
from eldercare.models import CareBooking

SHOWN = 10


def waiting_care(user: User, at: dt.datetime) -> list[Waiting]:
    """Of today and tomorrow."""
    mine = CareBooking.objects.mine(user).live().shown().order_by("starts_at")
    soon = mine.filter(starts_at__gte=at, starts_at__lt=at + SOON)
    return [
        Waiting(
            row.kind.name,
            _("Be at home on %(day)s, %(time)s.")
            % {"day": month_day(row.starts_at), "time": clock_time(row.starts_at)},
            row.get_absolute_url(),
            row.starts_at,
        )
        for row in soon[:SHOWN]
        if row.starts_at
    ]
