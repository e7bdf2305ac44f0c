"""The figures of a community's coverage: their inputs, read once, and their computation.

The definitions are in circle/walking/coverage.py, in docs/how-we-count.md and on the page "how we count".
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import inf
from typing import Any

from circle.calendar.opening_hours import Timetable, opening_spans
from circle.calendar.working_days import SHANGHAI, Calendar, Day
from circle.models import (
    Building,
    Community,
    Coverage,
    Dimension,
    Facility,
    Norm,
    StreetNetwork,
    WalkRun,
    WalkTime,
)
from circle.proximity.nearby import facility_timetable
from circle.walking.coverage import (
    Gap,
    Home,
    HomeTime,
    Need,
    Reach,
    Tally,
    Walk,
    dimension_coverage,
    elder_weight,
    find_gaps,
    full_circle_homes,
    home_time,
    homes_within,
    nearest_by_group,
    nearest_reaches,
    resident_weight,
    tally_homes,
    weighted_gini,
    weighted_mean,
)
from circle.walking.limits import TIERS
from circle.walking.minutes import DECIMETRES, REACH_MINUTES, estimate_walk

REACH_DM = REACH_MINUTES * 60 * DECIMETRES[Coverage.Pace.PLANNING]  # walks beyond it are out of reach
ONE_DAY = dt.timedelta(days=1)
# The lunar new year's day, an astronomical date; by law a holiday before the year's notice confirms it.
SPRING_FESTIVALS = {
    2026: dt.date(2026, 2, 17),
    2027: dt.date(2027, 2, 6),
    2028: dt.date(2028, 1, 26),
    2029: dt.date(2029, 2, 13),
    2030: dt.date(2030, 2, 3),
    2031: dt.date(2031, 1, 23),
    2032: dt.date(2032, 2, 11),
    2033: dt.date(2033, 1, 31),
    2034: dt.date(2034, 2, 19),
    2035: dt.date(2035, 2, 8),
}


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

    def open_at(self, moment: dt.datetime, calendar: Calendar) -> list[Place]:
        return [place for place in self.places if is_open(place.table, calendar, moment)]

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


def is_open(table: Timetable | None, calendar: Calendar, moment: dt.datetime) -> bool:
    """Whether it is open; a place without known opening hours is not."""
    if table is None:
        return True
    day = moment.astimezone(SHANGHAI).date()
    return any(
        span.start <= moment < span.end
        for date in (day - ONE_DAY, day)  # last night's hours may run past midnight
        for span in opening_spans(table, calendar, date)
    )


def coverage_moments(today: dt.date) -> tuple[dict[str, dt.datetime], Calendar]:
    """The moments of the stored figures, all after today, and a calendar that covers them. Two queries."""
    feast = next(day for _year, day in sorted(SPRING_FESTIVALS.items()) if day > today)
    calendar = Calendar.load(today, max(feast, today + 40 * ONE_DAY))
    if not calendar.day(feast).is_holiday:
        known = calendar.day(feast)
        rest = Day(feast, is_workday=False, is_holiday=True, name=known.name, tentative=known.tentative)
        calendar = replace(calendar, special={**calendar.special, feast: rest})
    days = [calendar.day(today + n * ONE_DAY) for n in range(1, 40)]
    workday = next(day.date for day in days if day.is_workday)
    sunday = next(
        day.date for day in days if day.date.weekday() == 6 and not (day.is_workday or day.is_holiday)
    )
    moments = {
        Coverage.Stamp.WORKDAY: (workday, 9),
        Coverage.Stamp.EVENING: (workday, 19),
        Coverage.Stamp.SUNDAY: (sunday, 10),
        Coverage.Stamp.FESTIVAL: (feast, 10),
    }
    return {
        stamp: dt.datetime.combine(day, dt.time(hour), tzinfo=SHANGHAI)
        for stamp, (day, hour) in moments.items()
    }, calendar


@dataclass(frozen=True)
class Figures:
    """All figures published for one moment and pace, each computed when first used."""

    ground: CoverageInputs
    pace: str
    reaches: Mapping[tuple[int, str], Reach]

    @classmethod
    def of(cls, ground: CoverageInputs, places: Iterable[Place], pace: str) -> "Figures":
        """The figures with these places open, at that pace."""
        return cls(ground, pace, reaches_of(ground, places, pace))

    def with_others(self, ground: CoverageInputs, places: Iterable[Place], kind: str) -> "Figures":
        """The figures after a change of places of one kind only: the reaches of other kinds are reused."""
        unchanged = {pair: reach for pair, reach in self.reaches.items() if pair[1] != kind}
        others = reaches_of(ground, [place for place in places if place.kind == kind], self.pace)
        return Figures(ground, self.pace, unchanged | others)

    @cached_property
    def by_dimension(self) -> dict[tuple[int, str], Reach]:
        return nearest_by_group(self.reaches, {place.kind: place.dimension for place in self.ground.places})

    @cached_property
    def everybody(self) -> Tally:
        return tally_homes(self.ground.homes)

    def share(self, kind: str) -> list[Tally]:
        return [tally_homes(homes_within(self.ground.homes, self.reaches, kind, limit)) for limit in TIERS]

    def share_of_dimension(self, dimension: str) -> list[Tally]:
        return [
            tally_homes(homes_within(self.ground.homes, self.by_dimension, dimension, limit))
            for limit in TIERS
        ]

    @cached_property
    def required(self) -> dict[str, float]:
        return dimension_coverage(self.ground.homes, self.ground.needs, self.reaches)

    @cached_property
    def required_elders(self) -> dict[str, float]:
        return dimension_coverage(self.ground.homes, self.ground.needs, self.reaches, elder_weight)

    @cached_property
    def full(self) -> Tally:
        return tally_homes(full_circle_homes(self.ground.homes, self.ground.needs, self.reaches))

    @cached_property
    def home_times(self) -> list[HomeTime]:
        kinds = [need.kind for need in self.ground.needs if need.required]
        return [home_time(home, kinds, self.reaches) for home in self.ground.homes]

    @cached_property
    def home_minutes(self) -> float:
        return weighted_mean(
            [time.mean for time in self.home_times], list(map(resident_weight, self.ground.homes))
        )

    @cached_property
    def gini(self) -> float:
        return weighted_gini(
            [time.mean for time in self.home_times], list(map(resident_weight, self.ground.homes))
        )

    @cached_property
    def gini_elders(self) -> float:
        return weighted_gini(
            [time.mean for time in self.home_times], list(map(elder_weight, self.ground.homes))
        )

    @cached_property
    def gaps(self) -> list[Gap]:
        return find_gaps(self.ground.homes, self.ground.norms, self.reaches)

    def minutes_of(self, home: Home) -> dict[str, float]:
        """Minutes to the nearest place of each dimension; those out of reach are left out."""
        reaches = {d.value: self.by_dimension.get((home.key, d)) for d in Dimension.ten()}
        return {dimension: reach.minutes for dimension, reach in reaches.items() if reach}


def reaches_of(ground: CoverageInputs, places: Iterable[Place], pace: str) -> dict[tuple[int, str], Reach]:
    kinds = {place.key: place.kind for place in places}
    walks = ((home, kinds[place], walk) for (home, place), walk in ground.walks.items() if place in kinds)
    return nearest_reaches(walks, DECIMETRES[pace])


def mean_and_lowest(coverage: Mapping[str, float]) -> tuple[float | None, float | None, str]:
    """Plain mean and minimum over the dimensions with required kinds, and the name of the lowest."""
    if not coverage:
        return None, None, ""
    lowest = min(coverage, key=lambda dimension: (coverage[dimension], dimension))
    return sum(coverage.values()) / len(coverage), coverage[lowest], lowest


def finite_or_none(minutes: float) -> float | None:
    return None if minutes == inf else minutes
