"""What other programs read: calendars. Feeds take their rows from the same querysets as the pages."""

import datetime as dt
from dataclasses import dataclass

from django.http import HttpResponse
from icalendar import Calendar, Event

PRODUCT = "-//Quarter-Hour Circle//EN"


@dataclass(frozen=True)
class Appointment:
    """One entry of a calendar; by `sequence`, or else `changed_at`, it replaces what stood under this uid."""

    uid: str
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str
    note: str
    changed_at: dt.datetime
    is_cancelled: bool = False
    sequence: int | None = None


def ics(name: str, appointments: list[Appointment]) -> HttpResponse:
    """An iCalendar file to open or keep (RFC 5545); times in UTC, so that no time zone need be described."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for each in appointments:
        event = Event()
        event.add("uid", each.uid)
        event.add("summary", each.title)
        event.add("dtstart", each.starts_at.astimezone(dt.UTC))
        event.add("dtend", each.ends_at.astimezone(dt.UTC))
        event.add("dtstamp", each.changed_at.astimezone(dt.UTC))
        counted = each.sequence is not None
        event.add("sequence", each.sequence if counted else int(each.changed_at.timestamp()))
        event.add("location", each.place)
        event.add("description", each.note)
        event.add("status", "CANCELLED" if each.is_cancelled else "CONFIRMED")
        calendar.add_component(event)
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response
