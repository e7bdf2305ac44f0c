"""Sessions without booking and closed counters of a week: the hook `week`."""

import datetime as dt

from circle.calendar.weeks import Closing, Event, WeekPart
from circle.calendar.working_days import SHANGHAI
from circle.models import Community
from circle.notifications.groups import times_of
from services.models import Counter, CounterClosure
from services.models.hours import with_hours
from services.models.sessions import Session, calendar_of, session_counters, sessions_of


def week_of_hall(community: Community, first: dt.date, last: dt.date, at: dt.datetime) -> WeekPart:
    return WeekPart(
        list(session_events(community, first, last, at)), counter_closings(community, first, last)
    )


def session_events(community: Community, first: dt.date, last: dt.date, at: dt.datetime) -> list[Event]:
    begin = max(at.astimezone(SHANGHAI), dt.datetime.combine(first, dt.time.min, tzinfo=SHANGHAI))
    days = (last - first).days
    calendar = calendar_of(begin, days)
    counters = with_hours(session_counters().filter(community=community), at)
    return [
        event_of(session)
        for counter in counters
        for session in sessions_of(counter, calendar, begin, days)
        if first <= session.starts_at.date() <= last
    ]


def event_of(session: Session) -> Event:
    place = session.counter.facility
    return Event(
        session.starts_at, session.ends_at, session.counter.name, place.name, place.get_absolute_url()
    )


def counter_closings(community: Community, first: dt.date, last: dt.date) -> list[Closing]:
    working = Counter.objects.working().filter(community=community)
    rows = CounterClosure.objects.within(first, last).filter(counter__in=working)
    return [
        Closing(
            f"{row.counter.facility.name} · {row.counter.name}",
            times_of(row),
            row.reason,
            row.counter.facility.get_absolute_url(),
        )
        for row in rows.select_related("counter__facility").order_by("starts_on", "counter")
    ]
