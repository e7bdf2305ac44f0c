"""Care whose crew is not on duty on its day: a post ended, or its holder is away."""

import datetime as dt
from typing import Any, cast

from django.db.models import Exists, OuterRef, Q

from circle.calendar.working_days import SHANGHAI
from circle.models import Absence, StaffPost


def is_on_duty(member: str, permission: str) -> Exists:
    """Whether this member of the crew has a post of the team on the day of the care, and is not away."""
    day = OuterRef("day")
    away = Absence.objects.filter(
        post=OuterRef("pk"), starts_on__lte=OuterRef(day), ends_on__gte=OuterRef(day)
    )
    posts = StaffPost.objects.giving(permission).active(cast("Any", day)).filter(~Exists(away), building=None)
    return Exists(posts.filter(user=OuterRef(member), community=OuterRef("community")))


def without_crew_at(at: dt.datetime, permission: str) -> Q:
    """To come, and somebody of its crew is not on duty then."""
    is_to_come = Q(slot__starts_at__gt=at) | Q(slot=None, day__gte=at.astimezone(SHANGHAI).date())
    lacks = Q(Q(assigned_to__isnull=False), ~is_on_duty("assigned_to", permission))
    lacks |= Q(Q(assistant__isnull=False), ~is_on_duty("assistant", permission))
    return Q(is_to_come, lacks)
