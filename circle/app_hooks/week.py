"""Places that are closed in a week: the hook `week`."""

import datetime as dt

from django.db.models import Q

from circle.calendar.weeks import Closing, WeekPart
from circle.models import Closure, Community
from circle.notifications.groups import times_of


def week_of_places(community: Community, first: dt.date, last: dt.date, at: dt.datetime) -> WeekPart:
    rows = Closure.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=first),
        facility__community=community,
        facility__is_published=True,
        starts_on__lte=last,
    )
    rows = rows.select_related("facility__community").order_by("starts_on", "facility")
    return WeekPart(
        closings=[
            Closing(row.facility.name, times_of(row), row.reason, row.facility.get_absolute_url())
            for row in rows
        ]
    )
