"""Public meetings of a week: the hook `week`."""

import datetime as dt

from circle.calendar.weeks import Event, WeekPart
from circle.calendar.working_days import SHANGHAI
from circle.models import Community
from council.models import Meeting


def week_of_meetings(community: Community, first: dt.date, last: dt.date, at: dt.datetime) -> WeekPart:
    begin, end = (
        dt.datetime.combine(day, time, tzinfo=SHANGHAI)
        for day, time in ((first, dt.time.min), (last, dt.time.max))
    )
    rows = Meeting.objects.public(community).to_come(at).filter(starts_at__range=(begin, end))
    return WeekPart(
        [
            Event(
                meeting.starts_at.astimezone(SHANGHAI),
                meeting.ends_at.astimezone(SHANGHAI),
                meeting.name,
                meeting.place.name,
                meeting.get_absolute_url(),
            )
            for meeting in rows
        ]
    )
