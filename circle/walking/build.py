"""Builds the network from an extract: edges between junctions, waits at crossings, main component only."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import exp
from typing import Any

from circle.walking.minutes import Point
from circle.walking.network import DEGREE, Network, line_metres
from circle.walking.osm import Extract, Way
from circle.walking.walkable import VERSION, Kind

# Seconds lost at a marked crossing of a carriageway: a usual figure, not measured here, so it is an option.
CROSSING_WAIT_S = 20


@dataclass(frozen=True)
class Piece:
    """A stretch of way between two junctions."""

    nodes: list[int]
    kind: Kind
    wait_s: int
    slope: float


def build_network(extract: Extract, *, crossing_wait_s: int = CROSSING_WAIT_S, **about: Any) -> Network:
    """The main component of an extract; `about` is stored in the file. The wait must be even."""
    if crossing_wait_s % 2 or crossing_wait_s < 0:
        raise ValueError("crossing_wait_s must be even and not negative")
    found = list(edge_pieces(extract, crossing_wait_s))
    pieces, figures = main_component(found, extract.points)
    network = Network()
    numbers: dict[int, int] = {}
    for piece in pieces:
        add_edge(network, piece, extract.points, numbers)
    network.shape_firsts.append(len(network.shape_longitudes))
    add_barriers(network, extract.barriers)
    network.about = about | {
        "filter_version": VERSION,
        "crossing_wait_s": crossing_wait_s,
        "source_on": extract.source_on.isoformat() if extract.source_on else None,
        "figures": dict(sorted((extract.figures + figures).items())),
    }
    return network


def edge_pieces(extract: Extract, wait_s: int) -> Iterator[Piece]:
    """All ways, cut at their junctions. A crossing costs half its wait on either side of the carriageway."""
    uses = Counter(node for way in extract.ways for node in way.nodes)
    roads = {node for way in extract.ways if way.kind & Kind.CARRIAGEWAY for node in way.nodes}
    for way in extract.ways:
        runs = list(cut_way(way, uses, extract.crossings))
        waits = [wait_of(run, way, roads, extract.crossings, wait_s) for run in runs]
        if way.is_crossing and not any(waits):
            waits[0] = wait_s
        for run, wait in zip(runs, waits, strict=True):
            yield Piece(run, way.kind | (Kind.NO_DOOR if wait else 0), wait, way.slope)


def cut_way(way: Way, uses: Counter[int], crossings: set[int]) -> Iterator[list[int]]:
    run = way.nodes[:1]
    for node in way.nodes[1:-1]:
        run.append(node)
        if uses[node] > 1 or node in crossings:
            yield run
            run = [node]
    yield [*run, way.nodes[-1]]


def wait_of(run: list[int], way: Way, roads: set[int], crossings: set[int], wait_s: int) -> int:
    """A footway waits where it meets a carriageway at a crossing; a carriageway walked along does not."""
    if way.kind & Kind.CARRIAGEWAY:
        return 0
    met = [node for node in (run[0], run[-1]) if node in crossings or (way.is_crossing and node in roads)]
    return len(met) * wait_s // 2


def main_component(found: list[Piece], points: dict[int, Point]) -> tuple[list[Piece], Counter[str]]:
    """The longest set of connected pieces, and figures of what was retained and dropped."""
    parents: dict[int, int] = {}

    def root(node: int) -> int:
        while (parent := parents.setdefault(node, node)) != node:
            parents[node] = parents[parent]
            node = parent
        return node

    for piece in found:
        parents[root(piece.nodes[0])] = root(piece.nodes[-1])
    metres: Counter[int] = Counter()
    for piece in found:
        metres[root(piece.nodes[0])] += round(piece_metres(piece, points))
    main = max(metres, key=lambda node: (metres[node], -node))
    retained = [piece for piece in found if root(piece.nodes[0]) == main]
    nodes = {node for piece in found for node in (piece.nodes[0], piece.nodes[-1])}
    retained_nodes = {node for piece in retained for node in (piece.nodes[0], piece.nodes[-1])}
    return retained, Counter(
        nodes=len(retained_nodes),
        edges=len(retained),
        metres=metres[main],
        stairs=sum(bool(piece.kind & Kind.STAIRS) for piece in retained),
        crossings=sum(piece.wait_s > 0 for piece in retained),
        dropped_components=len(metres) - 1,
        dropped_nodes=len(nodes) - len(retained_nodes),
        dropped_metres=metres.total() - metres[main],
    )


def piece_metres(piece: Piece, points: dict[int, Point]) -> float:
    return line_metres([points[node] for node in piece.nodes])


def add_edge(network: Network, piece: Piece, points: dict[int, Point], numbers: dict[int, int]) -> None:
    for node in (piece.nodes[0], piece.nodes[-1]):
        if node not in numbers:
            numbers[node] = len(numbers)
            add_point(network.longitudes, network.latitudes, points[node])
    network.starts.append(numbers[piece.nodes[0]])
    network.ends.append(numbers[piece.nodes[-1]])
    counted = piece_metres(piece, points) * slope_factor(piece.slope)
    network.lengths_dm.append(max(1, round(counted * 10)))
    network.waits_s.append(piece.wait_s)
    network.kinds.append(piece.kind)
    network.shape_firsts.append(len(network.shape_longitudes))
    for node in piece.nodes[1:-1]:
        add_point(network.shape_longitudes, network.shape_latitudes, points[node])


def add_point(longitudes: Any, latitudes: Any, point: Point) -> None:
    longitudes.append(round(point[0] * DEGREE))
    latitudes.append(round(point[1] * DEGREE))


def add_barriers(network: Network, lines: Iterable[list[Point]]) -> None:
    for line in lines:
        network.barrier_firsts.append(len(network.barrier_longitudes))
        for point in line:
            add_point(network.barrier_longitudes, network.barrier_latitudes, point)
    network.barrier_firsts.append(len(network.barrier_longitudes))


def slope_factor(slope: float) -> float:
    """The factor by which a slope takes longer than level ground, by Tobler's hiking function.

    The mean of up and down, so that a walk is as long there as back. Tobler's constants are unverified.
    """
    if not slope:
        return 1.0
    up, down, level = (tobler_speed(rise) for rise in (abs(slope), -abs(slope), 0.0))
    return max(1.0, (level / up + level / down) / 2)


def tobler_speed(rise: float) -> float:
    """Walking speed; only its ratios are used."""
    return exp(-3.5 * abs(min(rise, 0.5) + 0.05))
