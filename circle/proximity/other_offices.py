"""Whether an office of others, to which a signpost leads, is open now, and its week."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from circle.calendar.opening_hours import Opening, Timetable, opening_at, opening_sentence
from circle.models import Signpost
from circle.proximity.nearby import Moment
from circle.proximity.weeks import OpenDay, week_of_timetable


@dataclass(frozen=True)
class OfficeHours:
    """`week` and `sentence` are empty where its hours are not known by weekday."""

    opening: Opening | None = None
    sentence: str = ""
    week: tuple[OpenDay, ...] = ()


def office_sentences(signposts: Iterable[int], at: dt.datetime) -> dict[int, str]:
    """Of these signposts, by their ids; those whose hours are not known by weekday are left out."""
    rows = Signpost.objects.filter(pk__in=list(signposts)).prefetch_related("opening_hours")
    moment = Moment(at)
    sentences = {row.pk: office_hours(row, moment).sentence for row in rows}
    return {pk: sentence for pk, sentence in sentences.items() if sentence}


def office_hours(signpost: Signpost, moment: Moment) -> OfficeHours:
    """For a signpost loaded with its `opening_hours`."""
    rows = list(signpost.opening_hours.all())
    if not rows:
        return OfficeHours()
    table = Timetable(hours=rows, follows_workdays=signpost.follows_workdays)
    opening = opening_at(table, moment.calendar, moment.at)
    return OfficeHours(opening, opening_sentence(opening, moment.at), tuple(week_of_timetable(table, moment)))
