"""Whether somebody at the door is one of ours: the hook `real`."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from eldercare.models import Volunteer


def team_with_number(code: str) -> list[tuple[Any, dt.datetime]]:
    """A member of the team by the number on the badge, and whether they are still on it; never the name."""
    rows = Volunteer.objects.filter(number=code).exclude(number="")
    return [(describe_volunteer(row), row.status_at) for row in rows if row.trained_on]


def describe_volunteer(volunteer: Volunteer) -> str:
    if volunteer.status != Volunteer.Status.ACTIVE or not volunteer.user.is_active:
        return _("volunteer who looks in on elders: no longer on the team, do not let them in")
    return _("volunteer who looks in on elders, on the team")
