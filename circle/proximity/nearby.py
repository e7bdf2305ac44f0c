"""What is near a building: every facility with its walking time and whether it is open."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import inf

from django.utils.translation import gettext_lazy

from circle.calendar.opening_hours import (
    Opening,
    Timetable,
    opening_at,
    opening_sentence,
)
from circle.calendar.working_days import Calendar
from circle.models import Dimension, Facility
from circle.proximity.walk_times import WalkTimes
from circle.walking.limits import LIMIT_MINUTES
from circle.walking.minutes import StreetWalk, Walk, bearing_between

# Why a place cannot be reached, as pages say it.
FAR, STAIRS, ENTRANCE = "far", "stairs", "entrance"
OBSTACLE_TEXTS = {
    FAR: gettext_lazy("more than half an hour on foot, or no way there"),
    STAIRS: gettext_lazy("no way without stairs"),
    ENTRANCE: gettext_lazy("entrance not known to be step-free"),
}

CHOSEN_TEXTS = {
    "open": gettext_lazy("Open at that time"),
    "shut": gettext_lazy("Closed at that time"),
    "unknown": gettext_lazy("Opening hours not known: please phone"),
}


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
        return str(CHOSEN_TEXTS[self.opening.state])


def facility_timetable(facility: Facility) -> Timetable:
    """For a facility loaded by `with_timetable`."""
    hours = list(facility.opening_hours.all())
    return Timetable(
        hours=hours,
        closures=facility.current_closures,  # type: ignore[attr-defined]
        follows_workdays=facility.follows_workdays,
        always_open=not hours and facility.kind.always_open,
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
