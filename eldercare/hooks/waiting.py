"""Care that comes soon: the hook `waiting`."""

import datetime as dt

from django.utils.translation import gettext as _

from circle.models import User
from circle.notifications.waiting import SOON, Waiting
from circle.templatetags.circle_tags import clock_time, month_day
from eldercare.templatetags.eldercare_tags import care_of_login


def waiting_care(user: User, at: dt.datetime) -> list[Waiting]:
    """Of today and tomorrow."""
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
