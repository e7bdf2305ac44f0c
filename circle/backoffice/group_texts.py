"""What is proposed for the residents' group when appointments change: places and times, never a name."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from circle.booking.affected import Appointments
from circle.calendar.opening_hours import clock_text
from circle.calendar.working_days import SHANGHAI
from circle.notifications.groups import LANGUAGE
from circle.notifications.sharing import Share

Row = tuple[Appointments, Any]


def text_about(rows: Sequence[Row]) -> str:
    """In the language of the group; empty without rows that concern it."""
    rows = [(kind, row) for kind, row in rows if kind.concerns_group]
    if not rows:
        return ""
    places = list(dict.fromkeys(kind.place_of(row) for kind, row in rows))
    first, last = rows[0][0].starts_at(rows[0][1]), rows[-1][0].starts_at(rows[-1][1])
    path = reverse("short_link", args=[places[0].short_code]) if len(places) == 1 else reverse("circle")
    with translation.override(LANGUAGE):
        community = places[0].community
        share = Share(
            community=community.name,
            title=_("Booked times change: %(places)s")
            % {"places": "、".join(place.name for place in places)},
            when=times_from_to(first, last),
            text=_("Whoever has booked gets a message from us. Everybody else can book another time."),
            url=f"{settings.SITE_URL}{path}",
            note=_("Demo, not a real notice") if community.is_demo else "",
        )
        return share.group_text


def times_from_to(first: dt.datetime | dt.date, last: dt.datetime | dt.date) -> str:
    days = [date_format(local_day(each), "MONTH_DAY_FORMAT") for each in (first, last)]
    if days[0] != days[1]:
        return _("From %(first)s to %(last)s, both days included") % {"first": days[0], "last": days[1]}
    times = [clock_text(each.astimezone(SHANGHAI)) for each in (first, last) if isinstance(each, dt.datetime)]
    if len(times) < 2 or times[0] == times[1]:
        return " ".join([days[0], *times[:1]])
    words = {"days": days[0], "first": times[0], "last": times[1]}
    return _("%(days)s, from %(first)s to %(last)s") % words


def local_day(moment: dt.datetime | dt.date) -> dt.date:
    return moment.astimezone(SHANGHAI).date() if isinstance(moment, dt.datetime) else moment
