"""The walking times from one building, or from the gate, as the pages read them: one query for all.

Over the streets where they have been computed, an estimate where they have not, and none where the street
network shows that nobody gets there within half an hour.
"""

from dataclasses import dataclass

from circle.models import Building, Community, Facility, WalkRun, WalkTime
from circle.walking.minutes import Point, StreetWalk, Walk, bearing_between, estimate_walk
from circle.web.town import keep_while_stamped

GATE = 0  # in place of a building's id: the community's gate


@dataclass(frozen=True)
class WalkTimes:
    start: Point
    times: dict[int, WalkTime]  # by facility
    kinds: frozenset[int]  # whose times from here have been computed
    off_street: frozenset[int]  # facilities too far from any street

    @classmethod
    def of(cls, community: Community, building: Building | None) -> "WalkTimes":
        """From the building, or from the gate while none is chosen. Two queries; none under a known stamp."""
        key = ("walks", building.pk if building else GATE)
        return keep_while_stamped(community.pk, key, lambda: cls.load(community, building))

    @classmethod
    def load(cls, community: Community, building: Building | None) -> "WalkTimes":
        published = WalkTime.objects.published()
        rows = published.from_building(building) if building else published.from_gate(community)
        start = building or community
        kinds, off_street = known_kinds(community, building.pk if building else GATE)
        return cls(start.point, {row.facility_id: row for row in rows}, kinds, off_street)

    def to(self, facility: Facility) -> Walk | StreetWalk | None:
        """None: not within half an hour, or not connected at all. An estimate has `is_estimate`."""
        row = self.times.get(facility.pk)
        if row:
            return StreetWalk(
                row.distance_dm,
                row.wait_s,
                row.step_free_dm,
                row.step_free_wait_s,
                bearing_between(self.start, facility.point),
            )
        if facility.kind_id in self.kinds and facility.pk not in self.off_street:
            return None
        return estimate_walk(self.start, facility.point)


def known_kinds(community: Community, start: int) -> tuple[frozenset[int], frozenset[int]]:
    """The kinds whose times from there have been computed, and the facilities too far from any street.

    A kind that waits to be computed again is left out, because its missing rows may only be not computed yet.
    """
    runs = WalkRun.objects.filter(community=community).exclude(state=WalkRun.State.SUPERSEDED)
    known, waiting, facilities = set(), set(), set()
    for kind, state, off_street in runs.values_list("kind_id", "state", "off_street"):
        if state != WalkRun.State.PUBLISHED:
            waiting.add(kind)
        elif start not in off_street.get("buildings", []):
            known.add(kind)
        facilities.update(off_street.get("facilities", []))
    return frozenset(known - waiting), frozenset(facilities)
