"""A series in words, and the messages about it: one for the whole of it, not one for every date."""

import datetime as dt

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from circle.calendar.opening_hours import clock_text
from circle.calendar.working_days import SHANGHAI
from circle.notifications import Value, notify
from circle.permissions.on_behalf import login_to_notify
from eldercare.models import CareSeries


def rhythm_words(series: CareSeries) -> str:
    """Such as “every Tuesday 9:00”."""
    day = series.get_weekday_display()
    every = (
        _("every %(weekday)s")
        if series.every == 1
        else ngettext("%(weekday)s every %(count)s week", "%(weekday)s every %(count)s weeks", series.every)
    ) % {"weekday": day, "count": series.every}
    if not series.starts:
        return every
    words = pgettext("of a series", "%(every)s, %(time)s")
    return words % {"every": every, "time": hour_text(series.starts)}


def hour_text(hour: dt.time) -> str:
    return clock_text(dt.datetime.combine(dt.date(2000, 1, 1), hour))


def rhythm_values(series: CareSeries) -> tuple[str, str]:
    found = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            found.append(rhythm_words(series))
    return found[0], found[1]


def tell_of_series(
    series: CareSeries, event: str, at: dt.datetime, *, once: str = "", more: dict[str, Value] | None = None
) -> None:
    """To the elder, or to who acts for them where they have no phone; `once`: of what may come again."""
    kind, resident = series.kind, series.resident
    values: dict[str, Value] = {
        "code": series.code,
        "kind": (kind.name_zh, kind.name_en),
        "rhythm": rhythm_values(series),
        "first_at": noon(series.first_day),
        "last_at": noon(series.last_day),
        "reason": series.reason,
    }
    notify(
        event=event,
        community=series.community_id,
        resident=resident,
        user=login_to_notify(resident, series.mandate, at),
        at=at,
        dedupe=f"{event}:{series.pk}:{once}",
        values=values | (more or {}),
    )


def noon(day: dt.date) -> dt.datetime:
    """A day as messages carry it."""
    return dt.datetime.combine(day, dt.time(12), tzinfo=SHANGHAI)
