"""From which buildings a facility is near."""

from dataclasses import dataclass

from django.db.models import Count, Subquery

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
