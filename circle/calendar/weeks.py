"""What takes place and what is closed in one week, joined from all apps by the hook `week`."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from circle.calendar.working_days import ONE_DAY, SHANGHAI
from circle.hooks import hook_functions
from circle.models import Community

DAYS = 7


@dataclass(frozen=True)
class Event:
    starts_at: dt.datetime  # in Shanghai
    ends_at: dt.datetime
    title: str
    place: str
    url: str


@dataclass(frozen=True)
class Closing:
    title: str
    when: str
    reason: str
    url: str


@dataclass
class WeekPart:
    """What one app adds to a week."""

    events: list[Event] = field(default_factory=list)
    closings: list[Closing] = field(default_factory=list)


@dataclass(frozen=True)
class WeekDay:
    date: dt.date
    events: list[Event]


@dataclass(frozen=True)
class Week:
    """From `first` to `last`, both included."""

    first: dt.date
    last: dt.date
    days: list[WeekDay]
    closings: list[Closing]

    @property
    def events(self) -> Iterator[Event]:
        for day in self.days:
            yield from day.events


def week_span(at: dt.datetime, *, is_next: bool) -> tuple[dt.date, dt.date]:
    """From today to Sunday; of the next week from Monday on."""
    today = at.astimezone(SHANGHAI).date()
    monday = today + (DAYS - today.weekday()) * ONE_DAY
    first = monday if is_next else today
    return first, first + (DAYS - 1 - first.weekday()) * ONE_DAY


def load_week(community: Community, at: dt.datetime, *, is_next: bool = False) -> Week:
    """Without what is over by then."""
    first, last = week_span(at, is_next=is_next)
    parts: list[WeekPart] = [function(community, first, last, at) for function in hook_functions("week")]
    events = sorted(
        (event for part in parts for event in part.events if event.ends_at > at),
        key=lambda event: (event.starts_at, event.title),
    )
    days = [first + number * ONE_DAY for number in range((last - first).days + 1)]
    return Week(
        first,
        last,
        [WeekDay(day, [event for event in events if event.starts_at.date() == day]) for day in days],
        [closing for part in parts for closing in part.closings],
    )
