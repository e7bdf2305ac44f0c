"""The figures of a community's coverage: their inputs, read once, and their computation.

The definitions are in circle/walking/coverage.py, in docs/how-we-count.md and on the page "how we count".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import inf

from circle.coverage.inputs import CoverageInputs, Place
from circle.models import (
    Dimension,
)
from circle.walking.coverage import (
    Gap,
    Home,
    HomeTime,
    Reach,
    Tally,
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
from circle.walking.minutes import DECIMETRES


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
