"""Care that comes soon, and rights of which somebody was told: the hook `waiting`."""

import datetime as dt

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from circle.calendar.working_days import SHANGHAI
from circle.models import User
from circle.notifications.waiting import SOON, Waiting
from circle.templatetags.circle_tags import clock_time, month_day
from circle.web.own_matters import facts_of_login
from eldercare.models import RightNotice
from eldercare.templatetags.eldercare_tags import care_of_login

SHOWN = 5


def waiting_care(user: User, at: dt.datetime) -> list[Waiting]:
    """Of today and tomorrow, and what waits for a yes or no."""
    return [*care_soon(user, at), *open_notices(user, at)]


def open_notices(user: User, at: dt.datetime) -> list[Waiting]:
    if not facts_of_login(user)["has_right_notices"]:
        return []
    rows = RightNotice.objects.mine(user).open_on(localdate(at)).select_related("right").order_by("day", "pk")
    return [
        Waiting(
            row.right.name,
            _("Before you ask: yes or no? %(day)s") % {"day": month_day(row.day)},
            row.get_absolute_url(),
            dt.datetime.combine(row.day, dt.time(), tzinfo=SHANGHAI),
        )
        for row in rows[:SHOWN]
    ]


def care_soon(user: User, at: dt.datetime) -> list[Waiting]:
    return [
        Waiting(
            row.kind.name,
            _("Be at home on %(day)s, %(time)s.")
            % {"day": month_day(row.starts_at), "time": clock_time(row.starts_at)},
            row.get_absolute_url(),
            row.starts_at,
        )
        for row in care_of_login(user, at)
        if row.is_live and row.starts_at and at <= row.starts_at < at + SOON
    ]
