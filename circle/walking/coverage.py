"""Coverage by its published definitions (docs/how-we-count.md), on plain data. Minutes are never rounded.

A time that does not exist, because no place of the kind is open within reach, is infinite. Limits are
inclusive: fifteen minutes sharp is within fifteen. What is required, and how far it may be, are `Need` rows.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum, inf
from typing import NamedTuple

CAP = 30.0  # minutes; caps each time in a home's mean, not its longest time
FLOOR = 10  # residents; no smaller cell is published


class Home(NamedTuple):
    key: int
    residents: int
    elders: int


class Walk(NamedTuple):
    """A walk from a home to a place: decimetres, and seconds of waiting at crossings."""

    distance_dm: int
    wait_s: int = 0


class Reach(NamedTuple):
    """The least minutes and the least metres to open places of a kind, maybe to two different ones."""

    minutes: float
    metres: float


class Need(NamedTuple):
    """A required or advised kind of place; without a radius (metres) it is met within the tier's minutes."""

    kind: str
    dimension: str
    tier: int
    radius: int | None = None
    required: bool = True
    standard: str = ""


class Tally(NamedTuple):
    homes: int
    residents: int
    elders: int


NOWHERE = Reach(inf, inf)
Reaches = Mapping[tuple[int, str], Reach]
Weight = Callable[[Home], int]


def resident_weight(home: Home) -> int:
    return home.residents


def elder_weight(home: Home) -> int:
    return home.elders


def walk_minutes(walk: Walk, speed: int) -> float:
    """At `speed` decimetres a second; whole minutes are exact, so fifteen sharp stays fifteen."""
    return (walk.distance_dm + walk.wait_s * speed) / (speed * 60)


def nearest_reaches(walks: Iterable[tuple[int, str, Walk]], speed: int) -> dict[tuple[int, str], Reach]:
    """T(h, c), definition 1, of (home, kind, walk) rows to open places; a pair without a walk is missing."""
    times: dict[tuple[int, str], int] = {}
    distances: dict[tuple[int, str], int] = {}
    for home, kind, (distance_dm, wait_s) in walks:
        pair, time = (home, kind), distance_dm + wait_s * speed
        if time < times.get(pair, inf):
            times[pair] = time
        if distance_dm < distances.get(pair, inf):
            distances[pair] = distance_dm
    return {pair: Reach(time / (speed * 60), distances[pair] / 10) for pair, time in times.items()}


def nearest_by_group(reaches: Reaches, groups: Mapping[str, str]) -> dict[tuple[int, str], Reach]:
    """The reaches of dimensions, from those of their kinds."""
    found: dict[tuple[int, str], Reach] = {}
    for (home, kind), reach in reaches.items():
        pair = (home, groups[kind])
        best = found.get(pair, NOWHERE)
        found[pair] = Reach(min(best.minutes, reach.minutes), min(best.metres, reach.metres))
    return found


def tally_homes(homes: Iterable[Home]) -> Tally:
    counted = list(homes)
    return Tally(len(counted), sum(map(resident_weight, counted)), sum(map(elder_weight, counted)))


def homes_within(homes: Iterable[Home], reaches: Reaches, kind: str, limit: float) -> list[Home]:
    """The homes with T(h, c) ≤ limit minutes: the numerator of a tier share, definition 2."""
    return [home for home in homes if reaches.get((home.key, kind), NOWHERE).minutes <= limit]


def is_met(need: Need, reach: Reach) -> bool:
    """Within its radius where the norm names one (definition 3), else within the minutes of its tier."""
    return reach.minutes <= need.tier if need.radius is None else reach.metres <= need.radius


def dimension_coverage(
    homes: Sequence[Home], needs: Iterable[Need], reaches: Reaches, weight: Weight = resident_weight
) -> dict[str, float]:
    """C(D), definition 4, of each dimension that requires anything; empty where nobody lives."""
    total = sum(map(weight, homes))
    if not total:
        return {}
    met: dict[str, list[int]] = {}
    for need in needs:
        if need.required:
            people = [weight(h) for h in homes if is_met(need, reaches.get((h.key, need.kind), NOWHERE))]
            met.setdefault(need.dimension, []).append(sum(people))
    return {dimension: sum(people) / (len(people) * total) for dimension, people in met.items()}


def full_circle_homes(homes: Iterable[Home], needs: Iterable[Need], reaches: Reaches) -> list[Home]:
    """The homes with every required kind met, definition 5."""
    required = [need for need in needs if need.required]
    return [
        home
        for home in homes
        if all(is_met(need, reaches.get((home.key, need.kind), NOWHERE)) for need in required)
    ]


class HomeTime(NamedTuple):
    """T̄(h) in capped minutes, and the longest time, uncapped, with its kind; definition 6."""

    mean: float
    longest: float
    kind: str


def home_time(home: Home, kinds: Iterable[str], reaches: Reaches) -> HomeTime:
    """Over the required kinds; of equal times the first kind in alphabetical order. No kinds: (0, 0, "")."""
    times = {kind: reaches.get((home.key, kind), NOWHERE).minutes for kind in sorted(set(kinds))}
    if not times:
        return HomeTime(0.0, 0.0, "")
    worst = max(times, key=lambda kind: times[kind])
    return HomeTime(fsum(min(t, CAP) for t in times.values()) / len(times), times[worst], worst)


def weighted_mean(values: Sequence[float], weights: Sequence[float]) -> float:
    """The weighted mean; 0 where all weights are 0."""
    total = fsum(weights)
    return fsum(v * w for v, w in zip(values, weights, strict=True)) / total if total else 0.0


def weighted_gini(values: Sequence[float], weights: Sequence[float]) -> float:
    """Weighted Gini, definition 7: 0 when all are equal, and where it is undefined (mean or weights 0)."""
    total, middle = fsum(weights), weighted_mean(values, weights)
    if not total or not middle:
        return 0.0
    below = spread = 0.0  # Σ over pairs |t_i - t_j|, each pair once, by walking up the sorted times
    below_times = 0.0
    for value, weight in sorted(zip(values, weights, strict=True)):
        spread += weight * (value * below - below_times)
        below += weight
        below_times += weight * value
    return max(0.0, spread / (total * total * middle))


@dataclass(frozen=True)
class Gap:
    """A need that some home lacks, definition 8; minutes and metres are two separate findings."""

    need: Need
    unmet: Tally  # as is_met judges
    late: Tally  # beyond the minutes of the tier
    far: Tally | None  # beyond the radius; None where the norm names none
    worst: int  # the home with the longest walk
    minutes: float  # from there; infinite without a place in reach
    excess: float  # minutes beyond the tier


def find_gaps(homes: Sequence[Home], needs: Iterable[Need], reaches: Reaches) -> list[Gap]:
    """The gaps, required ones first, then by people and excess; ties by kind and standard."""
    found = [gap for need in needs if (gap := gap_of(homes, need, reaches))]
    return sorted(
        found,
        key=lambda gap: (
            not gap.need.required,
            -gap.unmet.residents,
            -gap.excess,
            gap.need.kind,
            gap.need.standard,
        ),
    )


def gap_of(homes: Sequence[Home], need: Need, reaches: Reaches) -> Gap | None:
    there = {home: reaches.get((home.key, need.kind), NOWHERE) for home in homes}
    unmet = [home for home, reach in there.items() if not is_met(need, reach)]
    if not unmet:
        return None
    late = [home for home, reach in there.items() if reach.minutes > need.tier]
    far = [home for home, reach in there.items() if need.radius and reach.metres > need.radius]
    worst = max(unmet, key=lambda home: (there[home].minutes, there[home].metres, -home.key))
    longest = there[worst].minutes
    return Gap(
        need,
        tally_homes(unmet),
        tally_homes(late),
        None if need.radius is None else tally_homes(far),
        worst.key,
        longest,
        max(0.0, longest - need.tier),
    )


def publishable_counts(within_tiers: Sequence[int], total: int, floor: int = FLOOR) -> list[int | None]:
    """Cumulative counts that may be published, definition 11; None where one would reveal a small cell.

    A cell is the people between two neighbouring limits, or beyond the last. One of 1 to floor - 1 people
    is merged with the next, the last with the one before.
    """
    if 0 < total < floor:
        return [None] * len(within_tiers)
    shown: list[int | None] = []
    last = 0
    for count in within_tiers:
        is_publishable = count == last or count - last >= floor
        shown.append(count if is_publishable else None)
        last = count if is_publishable else last
    for index in reversed(range(len(shown))):
        if not 0 < total - last < floor:
            break
        shown[index] = None
        last = next((count for count in reversed(shown[:index]) if count is not None), 0)
    return shown
