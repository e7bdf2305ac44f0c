"""What is near a building: every facility with its walking time and whether it is open."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import inf

from django.db.models import Count, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from circle.calendar.opening_hours import (
    ClosedPeriod,
    Opening,
    Span,
    Timetable,
    opening_at,
    opening_sentence,
    opening_spans,
)
from circle.calendar.working_days import Calendar, Day
from circle.models import Building, Community, Dimension, Facility, WalkTime
from circle.proximity.walk_times import WalkTimes
from circle.walking.limits import LIMIT_MINUTES, TIERS
from circle.walking.minutes import StreetWalk, Walk, bearing_between, is_within, walking_minutes

PACES_SHOWN = ("planning", "elder")
# Why a place cannot be reached, as pages say it.
FAR, STAIRS, ENTRANCE = "far", "stairs", "entrance"
OBSTACLE_TEXTS = {
    FAR: gettext_lazy("more than half an hour on foot, or no way there"),
    STAIRS: gettext_lazy("no way without stairs"),
    ENTRANCE: gettext_lazy("entrance not known to be step-free"),
}


@dataclass(frozen=True)
class Origin:
    """Where walking starts: the visitor's building, or the community's gate while none is chosen."""

    name: str
    point: tuple[float, float]
    building: Building | None = None


@dataclass(frozen=True)
class Moment:
    """The time for which a circle is shown: now, or one that the visitor chose."""

    at: dt.datetime
    is_chosen: bool = False

    @cached_property
    def calendar(self) -> Calendar:
        """The days that "open now" can depend on: from last night's hours to after a long holiday."""
        today = self.at.date()
        return Calendar.load(today - dt.timedelta(days=1), today + dt.timedelta(days=15))


@dataclass(frozen=True)
class NearbyFacility:
    """A facility as reached from the origin; `minutes` is None where it cannot be reached."""

    facility: Facility
    minutes: float | None
    bearing: float  # degrees clockwise from north
    opening: Opening
    moment: Moment
    is_estimate: bool = False
    obstacle: str = ""  # a key of OBSTACLE_TEXTS

    @property
    def anchor(self) -> str:
        return f"place-{self.facility.code}"

    @property
    def is_within(self) -> bool:
        return self.is_reachable and self.minutes is not None and self.minutes <= LIMIT_MINUTES

    @property
    def is_reachable(self) -> bool:
        return not self.obstacle

    @property
    def dimension(self) -> str:
        return self.facility.kind.dimension

    @property
    def obstacle_text(self) -> str:
        return str(OBSTACLE_TEXTS[self.obstacle]) if self.obstacle else ""

    @cached_property
    def opening_text(self) -> str:
        if not self.moment.is_chosen:
            return opening_sentence(self.opening, self.moment.at)
        return _("Open at that time") if self.opening.is_open else _("Closed at that time")


def origin_of(community: Community, building: Building | None) -> Origin:
    if building:
        return Origin(building.name, building.point, building)
    return Origin(community.gate, community.point)


def facility_timetable(facility: Facility) -> Timetable:
    """For a facility loaded by `with_timetable`."""
    return Timetable(
        hours=list(facility.opening_hours.all()),
        closures=facility.current_closures,  # type: ignore[attr-defined]
        follows_workdays=facility.follows_workdays,
    )


def nearby_facilities(
    facilities: Iterable[Facility],
    *,
    walk_times: WalkTimes,
    pace: str,
    moment: Moment,
    step_free: bool = False,
) -> list[NearbyFacility]:
    """The facilities (loaded by `with_timetable`) at that pace, nearest first, unreachable ones last.

    `step_free`: over paths without stairs, to entrances without steps; the pace "wheelchair" implies it.
    """
    step_free = step_free or pace == "wheelchair"
    places = []
    for facility in facilities:
        walk = walk_times.to(facility)
        took = minutes_of(walk, pace, step_free)
        places.append(
            NearbyFacility(
                facility,
                took,
                walk.bearing if walk else bearing_between(walk_times.start, facility.point),
                opening_at(facility_timetable(facility), moment.calendar, moment.at),
                moment,
                walk is not None and walk.is_estimate,
                find_obstacle(walk, took, facility, step_free),
            )
        )
    return sorted(places, key=reach_sort_key)


def minutes_of(walk: Walk | StreetWalk | None, pace: str, step_free: bool) -> float | None:
    if isinstance(walk, StreetWalk):
        return walk.minutes(pace, step_free=step_free)
    return walk.minutes(pace) if walk else None


def find_obstacle(
    walk: Walk | StreetWalk | None, took: float | None, facility: Facility, step_free: bool
) -> str:
    if walk is None:
        return FAR
    if took is None:
        return STAIRS
    return ENTRANCE if step_free and not facility.step_free else ""


def reach_sort_key(near: NearbyFacility) -> tuple[bool, float, str]:
    return not near.is_reachable, inf if near.minutes is None else near.minutes, near.facility.code


def nearest_by_dimension(places: Iterable[NearbyFacility]) -> dict[str, NearbyFacility]:
    """The nearest place of each of the ten dimensions, nearest first; dimensions without one are left out."""
    nearest: dict[str, NearbyFacility] = {}
    for near in places:
        if near.dimension != Dimension.CIVIC:
            nearest.setdefault(near.dimension, near)
    return nearest


def missing_dimensions(nearest: dict[str, NearbyFacility]) -> list[Dimension]:
    """The dimensions without a place within fifteen minutes."""
    return [
        dimension
        for dimension in Dimension.ten()
        if dimension not in nearest or not nearest[dimension].is_within
    ]


def circle_sentence(origin: Origin, pace: str, missing: list[Dimension]) -> str:
    """The title of the ring: how many of the ten kinds lie within fifteen minutes, in one sentence."""
    values = {"origin": origin.name, "count": 10 - len(missing), "limit": LIMIT_MINUTES}
    if not missing:
        texts = {
            "adult": _("All ten kinds of place lie within %(limit)s minutes' walk of %(origin)s."),
            "elder": _("All ten kinds of place lie within %(limit)s minutes' slow walk of %(origin)s."),
            "pram": _("All ten kinds of place lie within %(limit)s minutes of %(origin)s with a pram."),
            "wheelchair": _(
                "All ten kinds of place lie within %(limit)s minutes of %(origin)s by wheelchair."
            ),
        }
        return texts[pace] % values
    values["missing"] = _(", ").join(str(dimension.label) for dimension in missing)
    texts = {
        "adult": _(
            "%(limit)s minutes' walk from %(origin)s: %(count)s of ten kinds of place. Missing: %(missing)s."
        ),
        "elder": _(
            "%(limit)s minutes' slow walk from %(origin)s: %(count)s of ten kinds of place. "
            "Missing: %(missing)s."
        ),
        "pram": _(
            "%(limit)s minutes from %(origin)s with a pram: %(count)s of ten kinds of place. "
            "Missing: %(missing)s."
        ),
        "wheelchair": _(
            "%(limit)s minutes from %(origin)s by wheelchair: %(count)s of ten kinds of place. "
            "Missing: %(missing)s."
        ),
    }
    return texts[pace] % values


@dataclass(frozen=True)
class OpenDay:
    """One date of a timetable, with holidays and closures applied."""

    day: Day
    spans: list[Span]
    closure: ClosedPeriod | None

    @property
    def date(self) -> dt.date:
        return self.day.date


def week_of(facility: Facility, moment: Moment) -> list[OpenDay]:
    """That day and the six after it, for a facility loaded by `with_timetable`."""
    calendar = moment.calendar
    table = facility_timetable(facility)
    days = [moment.at.date() + dt.timedelta(days=n) for n in range(7)]
    return [
        OpenDay(calendar.day(day), opening_spans(table, calendar, day), table.closure(day)) for day in days
    ]


@dataclass(frozen=True)
class FromHome:
    """Minutes from one building, at planning pace and at elder pace."""

    building: Building
    planning: float
    elder: float


@dataclass(frozen=True)
class ReachLine:
    """From how many buildings a place is at most `limit` minutes away, at each pace."""

    limit: int
    planning: int
    elder: int


@dataclass(frozen=True)
class Reach:
    buildings: int
    lines: list[ReachLine]
    homes: list[FromHome]  # within half an hour, nearest first


def facility_reach(facility: Facility) -> Reach:
    """From which buildings a place is near over the streets. One query, two where it is near to none."""
    buildings = Building.objects.filter(community=facility.community_id)
    total = buildings.order_by().values("community").annotate(total=Count("pk")).values("total")
    published = WalkTime.objects.published().to_facility(facility).select_related("building")
    times = list(published.annotate(buildings=Subquery(total)))
    lines = [
        ReachLine(limit, *(sum(is_time_within(limit, time, pace) for time in times) for pace in PACES_SHOWN))
        for limit in TIERS
    ]
    homes = [
        FromHome(
            time.building, *(walking_minutes(time.distance_dm, time.wait_s, pace) for pace in PACES_SHOWN)
        )
        for time in times
        if time.building
    ]
    count = times[0].buildings if times else buildings.count()
    return Reach(count, lines, sorted(homes, key=lambda home: (home.planning, home.building.code)))


def is_time_within(limit: int, time: WalkTime, pace: str) -> bool:
    return is_within(limit, time.distance_dm, time.wait_s, pace)
