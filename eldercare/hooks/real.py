"""Whether somebody at the door is one of ours: the hook `real`."""

import datetime as dt
from typing import Any

from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from circle.models import StaffPost
from eldercare.models import CareWorker, Volunteer
from eldercare.models.bookings import VISIT


def team_with_number(code: str) -> list[tuple[Any, dt.datetime]]:
    """A member of the team by the number on the badge, and whether they are still on it; never the name."""
    workers = CareWorker.objects.filter(number=code).select_related("user", "community")
    team = [(describe_worker(row), now()) for row in workers]
    rows = Volunteer.objects.without_photos().filter(number=code).exclude(number="")
    return team + [(describe_volunteer(row), row.status_at) for row in rows if row.trained_on]


def describe_worker(worker: CareWorker) -> str:
    posts = StaffPost.objects.active(localdate()).giving(VISIT).filter(user=worker.user)
    if not worker.user.is_active or not posts.filter(community=worker.community).exists():
        return _("care worker: no longer on the team, do not let them in")
    return _("care worker, on the team")


def describe_volunteer(volunteer: Volunteer) -> str:
    if volunteer.status != Volunteer.Status.ACTIVE or not volunteer.user.is_active:
        return _("volunteer who looks in on elders: no longer on the team, do not let them in")
    return _("volunteer who looks in on elders, on the team")
