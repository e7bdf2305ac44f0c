"""The stretches of street within so many minutes, cut where the time ends, for the map to colour.

Lines and never a filled area, since between the streets lie houses, hills or rivers.
"""

from itertools import pairwise

from circle.walking.doors import Door
from circle.walking.graph import Graph, split_cost
from circle.walking.minutes import DECIMETRES, Point, straight_line
from circle.walking.search import reachable_junctions
from circle.walking.walkable import Kind

Line = list[Point]


def streets_within(graph: Graph, door: Door, minutes: int, pace: str) -> list[Line]:
    """All stretches at most so many minutes from the door at that pace, by the quickest walk."""
    network, speed = graph.network, DECIMETRES[pace]
    left = {}  # decimetres that one may still walk from a junction
    for node, cost in reachable_junctions(graph, door).items():
        distance_dm, wait_s = split_cost(cost)
        left[node] = minutes * 60 * speed - wait_s * speed - distance_dm
    found = []
    for edge in range(network.edges):
        if graph.step_free and network.kinds[edge] & Kind.STAIRS:
            continue
        wait_dm, length = network.waits_s[edge] * speed, network.lengths_dm[edge]
        spans = [
            (0, left.get(network.starts[edge], 0) - wait_dm),
            (length - left.get(network.ends[edge], 0) + wait_dm, length),
        ]
        if edge == door.edge:
            reach = minutes * 60 * speed - door.connector_dm
            spans.append((door.offset_dm - reach, door.offset_dm + reach))
        found += [
            cut_stretch(network.line(edge), start / length, end / length)
            for start, end in merge_spans(spans, length)
        ]
    return found


def merge_spans(spans: list[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    """The parts of 0 … length that the spans cover, without overlaps."""
    clipped = sorted((max(0, start), min(length, end)) for start, end in spans)
    whole: list[tuple[int, int]] = []
    for start, end in clipped:
        if start >= end:
            continue
        if whole and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((start, end))
    return whole


def cut_stretch(line: Line, first: float, last: float) -> Line:
    """The part of a line between two shares of its length, each 0 to 1."""
    lengths = [straight_line(a, b) for a, b in pairwise(line)]
    total, walked = sum(lengths), 0.0
    cut: Line = []
    for (a, b), length in zip(pairwise(line), lengths, strict=True):
        start, end = (min(1, max(0, (share * total - walked) / (length or 1))) for share in (first, last))
        if start < end:
            cut += [point_between(a, b, start)] if not cut else []
            cut.append(point_between(a, b, end))
        walked += length
    return cut


def point_between(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
