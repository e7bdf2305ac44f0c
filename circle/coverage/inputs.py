"""What the figures of a coverage are computed from, read once."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from circle.calendar.opening_hours import Timetable
from circle.calendar.working_days import Calendar
from circle.coverage.moments import may_be_open
from circle.models import (
    Building,
    Community,
    Coverage,
    Facility,
    Norm,
    StreetNetwork,
    WalkRun,
    WalkTime,
)
from circle.proximity.nearby import facility_timetable
from circle.walking.coverage import (
    Home,
    Need,
    Walk,
)
from circle.walking.minutes import DECIMETRES, REACH_MINUTES, estimate_walk

REACH_DM = REACH_MINUTES * 60 * DECIMETRES[Coverage.Pace.PLANNING]  # walks beyond it are out of reach


@dataclass(frozen=True)
class Place:
    key: int
    kind: str
    dimension: str
    table: Timetable | None = None  # None: open at every hour, as is assumed of a proposed place


@dataclass(frozen=True)
class CoverageInputs:
    """All that the figures of a community depend on, except moment and pace."""

    buildings: Sequence[Building]
    homes: Sequence[Home]  # the buildings, in the same order
    places: Sequence[Place]
    needs: Sequence[Need]  # at most one for each kind: those that count in the figures
    norms: Mapping[Need, int]  # every norm, including `needs`, with its id
    walks: Mapping[tuple[int, int], Walk]  # (building, facility) within reach
    is_estimate: bool
    source: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def load(cls, community: Community, at: dt.datetime) -> "CoverageInputs":
        """A fixed number of queries, however many homes and places there are."""
        buildings = list(Building.objects.filter(community=community))
        facilities = list(Facility.objects.public(community).with_timetable(at))
        counted, norms = norms_of(Norm.objects.select_related("kind"))
        walks, is_estimate = walks_of(community, buildings, facilities)
        return cls(
            buildings,
            [Home(building.pk, building.residents, building.elders_60) for building in buildings],
            [Place(f.pk, f.kind.code, f.kind.dimension, facility_timetable(f)) for f in facilities],
            counted,
            norms,
            walks,
            is_estimate,
            source_of(community),
        )

    @property
    def unknown_places(self) -> set[int]:
        """The ids of those without registered hours, whose kind has hours."""
        return {place.key for place in self.places if place.table is not None and not place.table.is_known}

    def open_at(self, moment: dt.datetime, calendar: Calendar) -> list[Place]:
        """Those not known to be closed."""
        return [place for place in self.places if may_be_open(place.table, calendar, moment)]

    def with_place(self, place: Place, walks: Mapping[int, Walk]) -> "CoverageInputs":
        """With one more place, and the walks to it from the homes."""
        added = {(home, place.key): walk for home, walk in walks.items()}
        return replace(self, places=[*self.places, place], walks={**self.walks, **added})

    def without(self, key: int) -> "CoverageInputs":
        return replace(self, places=[place for place in self.places if place.key != key])


def norms_of(norms: Iterable[Norm]) -> tuple[list[Need], dict[Need, int]]:
    needs = {
        Need(n.kind.code, n.kind.dimension, n.tier, n.radius_m, n.is_required, n.standard): n for n in norms
    }
    return [need for need, norm in needs.items() if norm.is_counted], {n: row.pk for n, row in needs.items()}


def walks_of(
    community: Community, buildings: Iterable[Building], facilities: Sequence[Facility]
) -> tuple[dict[tuple[int, int], Walk], bool]:
    """The walks within reach, estimated where none is computed; and whether any walk is estimated."""
    rows = WalkTime.objects.published().of(community).filter(building__isnull=False)
    walks = {
        (building, facility): Walk(distance, wait)
        for building, facility, distance, wait in rows.values_list(
            "building_id", "facility_id", "distance_dm", "wait_s"
        ).iterator()
    }
    estimated = {
        (building.pk, facility.pk): Walk(round(estimate_walk(building.point, facility.point).metres * 10))
        for building, facility in pairs_off_street(community, buildings, facilities)
        if (building.pk, facility.pk) not in walks
    }
    near = {pair: walk for pair, walk in estimated.items() if walk.distance_dm <= REACH_DM}
    return walks | near, bool(estimated)


def pairs_off_street(
    community: Community, buildings: Iterable[Building], facilities: Sequence[Facility]
) -> Iterator[tuple[Building, Facility]]:
    """Pairs whose missing walk means "not computed", as in circle/proximity/walk_times.py, and not "none"."""
    runs = WalkRun.objects.filter(community=community).exclude(state=WalkRun.State.SUPERSEDED)
    far: dict[int, set[int]] = {}  # by published kind: the buildings too far from any street
    waiting, places = set(), set()
    for kind, state, off_street in runs.values_list("kind_id", "state", "off_street"):
        places.update(off_street.get("facilities", []))
        if state == WalkRun.State.PUBLISHED:
            far[kind] = set(off_street.get("buildings", []))
        else:
            waiting.add(kind)
    for facility in facilities:
        is_known = facility.kind_id in far.keys() - waiting and facility.pk not in places
        for building in buildings:
            if not is_known or building.pk in far[facility.kind_id]:
                yield building, facility


def source_of(community: Community) -> dict[str, Any]:
    """The street network behind the figures, stored with them; empty without one."""
    network = StreetNetwork.objects.current(community)
    if network is None:
        return {}
    return {
        "name": network.source,
        "attribution": network.attribution,
        "date": network.source_on.isoformat() if network.source_on else "",
        "filter": network.filter_version,
        "sha256": network.sha256,
        "is_invented": network.is_invented,
    }
