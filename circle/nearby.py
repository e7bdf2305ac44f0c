"""What is near a building: every facility with its minutes on foot and whether it is open."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from circle.calendar import (
    Calendar,
    ClosedPeriod,
    Day,
    Opening,
    Span,
    Timetable,
    opening,
    spans,
)
from circle.models import Building, Community, Dimension, Facility
from circle.walking.minutes import estimate

LIMIT_MINUTES = 15


@dataclass(frozen=True)
class Origin:
    """Where walking starts: the visitor's building, or the community's gate while none is chosen."""

    name: str
    point: tuple[float, float]
    building: Building | None = None


@dataclass(frozen=True)
class Near:
    facility: Facility
    minutes: float
    bearing: float  # degrees clockwise from north
    opening: Opening

    @property
    def anchor(self) -> str:
        return f"place-{self.facility.code}"

    @property
    def is_within(self) -> bool:
        return self.minutes <= LIMIT_MINUTES

    @property
    def dimension(self) -> str:
        return self.facility.kind.dimension


def origin_of(community: Community, building: Building | None) -> Origin:
    if building:
        return Origin(building.name, building.point, building)
    return Origin(community.gate, community.point)


def calendar_around(at: dt.datetime) -> Calendar:
    """The days that "open now" can depend on: from last night's hours to the end of a long holiday."""
    today = at.date()
    return Calendar.load(today - dt.timedelta(days=1), today + dt.timedelta(days=15))


def timetable(facility: Facility) -> Timetable:
    """Of a facility that was loaded by `with_timetable`."""
    return Timetable(
        hours=list(facility.opening_hours.all()),
        closures=facility.current_closures,  # type: ignore[attr-defined]
        follows_workdays=facility.follows_workdays,
    )


def nearby(facilities: Iterable[Facility], *, origin: Origin, pace: str, at: dt.datetime) -> list[Near]:
    """Each facility (loaded by `with_timetable`) as seen from the origin at that pace, nearest first."""
    calendar = calendar_around(at)
    places = []
    for facility in facilities:
        walk = estimate(origin.point, facility.point)
        places.append(
            Near(
                facility,
                walk.minutes(pace),
                walk.bearing,
                opening(timetable(facility), calendar, at),
            )
        )
    return sorted(places, key=lambda near: (near.minutes, near.facility.code))


def nearest_of_each(places: Iterable[Near]) -> dict[str, Near]:
    """The nearest place of each of the ten dimensions, nearest first; one without a place is missing."""
    nearest: dict[str, Near] = {}
    for near in places:
        if near.dimension != Dimension.CIVIC:
            nearest.setdefault(near.dimension, near)
    return nearest


def missing_within(nearest: dict[str, Near]) -> list[Dimension]:
    """The dimensions without any place within fifteen minutes."""
    return [
        dimension
        for dimension in Dimension.ten()
        if dimension not in nearest or not nearest[dimension].is_within
    ]


def circle_sentence(origin: Origin, pace: str, missing: list[Dimension]) -> str:
    """The picture's title: how complete the circle is, in one sentence a neighbour would say."""
    words = {"origin": origin.name, "count": 10 - len(missing)}
    if not missing:
        texts = {
            "adult": _("All ten kinds of place lie within 15 minutes' walk of %(origin)s."),
            "elder": _("All ten kinds of place lie within 15 minutes' slow walk of %(origin)s."),
            "pram": _("All ten kinds of place lie within 15 minutes of %(origin)s with a pram."),
            "wheelchair": _("All ten kinds of place lie within 15 minutes of %(origin)s by wheelchair."),
        }
        return texts[pace] % words
    words["missing"] = _(", ").join(str(dimension.label) for dimension in missing)
    texts = {
        "adult": _(
            "15 minutes' walk from %(origin)s: %(count)s of ten kinds of place. Missing: %(missing)s."
        ),
        "elder": _(
            "15 minutes' slow walk from %(origin)s: %(count)s of ten kinds of place. Missing: %(missing)s."
        ),
        "pram": _(
            "15 minutes from %(origin)s with a pram: %(count)s of ten kinds of place. Missing: %(missing)s."
        ),
        "wheelchair": _(
            "15 minutes from %(origin)s by wheelchair: %(count)s of ten kinds of place. Missing: %(missing)s."
        ),
    }
    return texts[pace] % words


@dataclass(frozen=True)
class OpenDay:
    """One line of a timetable as it really will be, holidays and closures included."""

    day: Day
    spans: list[Span]
    closure: ClosedPeriod | None

    @property
    def date(self) -> dt.date:
        return self.day.date


def week_of(facility: Facility, at: dt.datetime) -> list[OpenDay]:
    """Today and the six days after it, of a facility that was loaded by `with_timetable`."""
    calendar = calendar_around(at)
    table = timetable(facility)
    days = [at.date() + dt.timedelta(days=n) for n in range(7)]
    return [OpenDay(calendar.day(day), spans(table, calendar, day), table.closure(day)) for day in days]
