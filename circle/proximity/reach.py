"""From which buildings a facility is near."""

from dataclasses import dataclass

from circle.models import Building, Facility, WalkTime
from circle.walking.limits import TIERS
from circle.walking.minutes import is_within, walking_minutes

PACES_SHOWN = ("planning", "elder")


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
    """From which buildings a place is near over the streets. Two queries."""
    times = list(WalkTime.objects.published().to_facility(facility).select_related("building"))
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
    buildings = Building.objects.filter(community=facility.community_id).count()
    return Reach(buildings, lines, sorted(homes, key=lambda home: (home.planning, home.building.code)))


def is_time_within(limit: int, time: WalkTime, pace: str) -> bool:
    return is_within(limit, time.distance_dm, time.wait_s, pace)
