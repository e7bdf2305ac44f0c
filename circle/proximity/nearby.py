"""What is near a building: every facility with its walking time and whether it is open."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import inf

from django.utils.translation import gettext_lazy

from circle.calendar.opening_hours import (
    Opening,
    Span,
    Timetable,
    open_stretches,
    opening_at,
    opening_sentence,
)
from circle.calendar.working_days import Calendar
from circle.models import Community, Dimension, Facility
from circle.models.town_stamps import EVERYWHERE
from circle.proximity.walk_times import WalkTimes
from circle.walking.limits import LIMIT_MINUTES
from circle.walking.minutes import StreetWalk, Walk, bearing_between
from circle.web.town import keep_while_stamped

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
        first, last = today - dt.timedelta(days=1), today + dt.timedelta(days=15)
        return keep_while_stamped(EVERYWHERE, ("calendar", first), lambda: Calendar.load(first, last))


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


@dataclass(frozen=True)
class TownPlace:
    """A public facility, and when it is open in the two weeks after a day."""

    facility: Facility
    timetable: Timetable
    stretches: list[Span]

    def opening(self, moment: Moment) -> Opening:
        return opening_at(self.timetable, moment.calendar, moment.at, self.stretches)


def town_places(community: Community, moment: Moment) -> list[TownPlace]:
    """All of the community, the same objects for every page under one stamp: do not change them."""
    today = moment.at.date()
    facilities = Facility.objects.public(community)
    return keep_while_stamped(
        community.pk,
        ("places", today),
        lambda: [town_place(each, moment) for each in facilities.with_timetable(moment.at)],
    )


def town_place(facility: Facility, moment: Moment) -> TownPlace:
    """For a facility loaded by `with_timetable`."""
    timetable = facility_timetable(facility)
    return TownPlace(facility, timetable, open_stretches(timetable, moment.calendar, moment.at.date()))


def nearby_facilities(
    facilities: Iterable[Facility | TownPlace],
    *,
    walk_times: WalkTimes,
    pace: str,
    moment: Moment,
    step_free: bool = False,
) -> list[NearbyFacility]:
    """The facilities (rows: loaded by `with_timetable`) at that pace, nearest first, unreachable ones last.

    `step_free`: over paths without stairs, to entrances without steps; the pace "wheelchair" implies it.
    """
    step_free = step_free or pace == "wheelchair"
    places = []
    for each in facilities:
        place = each if isinstance(each, TownPlace) else town_place(each, moment)
        facility = place.facility
        walk = walk_times.to(facility)
        took = minutes_of(walk, pace, step_free)
        places.append(
            NearbyFacility(
                facility,
                took,
                walk.bearing if walk else bearing_between(walk_times.start, facility.point),
                place.opening(moment),
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
