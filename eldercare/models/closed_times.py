"""Care whose time no longer takes place."""

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from circle.calendar.working_days import SHANGHAI
from circle.models import Closure


def closed_at(at: dt.datetime) -> Q:
    """Still to come, but its time is closed, its day falls into a closure of the place, the place is
    unpublished or the kind of care is no longer offered. A request without a day is none of these."""
    day = at.astimezone(SHANGHAI).date()
    is_to_come = Q(slot__starts_at__gt=at) | Q(slot=None, day__gte=day)
    closure = Closure.objects.of_whole_days().filter(
        Q(ends_on=None) | Q(ends_on__gte=OuterRef("day")),
        facility=OuterRef("kind__facility"),
        starts_on__lte=OuterRef("day"),
    )
    is_closed = (
        Q(slot__isnull=False) & ~Q(slot__closed_by="")
        | Q(slot=None) & Exists(closure)
        | Q(kind__is_active=False)
        | Q(kind__facility__is_published=False)
    )
    return Q(is_to_come, is_closed)
