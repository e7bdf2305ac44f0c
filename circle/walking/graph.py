"""The network as both searches need it: rows of neighbours, with one integer for time and waiting.

A cost is the deciseconds at planning pace (1.0 m/s, so decimetres walked plus ten times the seconds waited)
times 65,536, plus the seconds waited. The least cost is so the quickest walk, among equals the one with least
waiting, and both its distance and its waiting can be read from the sum.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from circle.walking.doors import Door
from circle.walking.minutes import REACH_MINUTES
from circle.walking.network import Network
from circle.walking.walkable import Kind

SHIFT = 16
MASK = (1 << SHIFT) - 1
DECISECONDS_PER_MINUTE = 600


def cost_of(distance_dm: int, wait_s: int = 0) -> int:
    return (distance_dm + 10 * wait_s) << SHIFT | wait_s


def split_cost(cost: int) -> tuple[int, int]:
    """Distance in dm and waiting in s."""
    wait_s = cost & MASK
    return (cost >> SHIFT) - 10 * wait_s, wait_s


def limit_of(minutes: int) -> int:
    """The highest cost within so many minutes at planning pace, the last second included."""
    return minutes * DECISECONDS_PER_MINUTE << SHIFT | MASK


REACH = limit_of(REACH_MINUTES)


@dataclass(frozen=True)
class Graph:
    """The neighbours of node n are at firsts[n] … firsts[n + 1] - 1, each once."""

    network: Network
    step_free: bool
    firsts: "array[int]"
    targets: "array[int]"
    costs: "array[int]"

    @classmethod
    def of(cls, network: Network, *, step_free: bool = False) -> "Graph":
        """Of parallel edges only the cheaper one; with `step_free` without stairs.

        In arrays, because a city has hundreds of thousands of edges.
        """
        ends = array("i", [0]) * (network.nodes + 1)
        for start, _end, _cost in _directions(network, step_free):
            ends[start + 1] += 1
        for node in range(network.nodes):
            ends[node + 1] += ends[node]
        places = ends[:]
        all_targets, all_costs = array("i", [0]) * ends[-1], array("q", [0]) * ends[-1]
        for start, end, cost in _directions(network, step_free):
            all_targets[places[start]], all_costs[places[start]] = end, cost
            places[start] += 1
        firsts, targets, costs = array("i", [0]), array("i"), array("q")
        for first, last in pairwise(ends):
            row: dict[int, int] = {}
            for number in range(first, last):
                target, cost = all_targets[number], all_costs[number]
                row[target] = min(cost, row.get(target, cost))
            targets.extend(row.keys())
            costs.extend(row.values())
            firsts.append(len(targets))
        return cls(network, step_free, firsts, targets, costs)

    def is_closed(self, door: Door) -> bool:
        """Whether its edge is none of this graph's: no step-free way leads to a door on a steep street."""
        return self.step_free and bool(self.network.kinds[door.edge] & int(Kind.STAIRS))

    def ends(self, door: Door) -> Sequence[tuple[int, int]]:
        """The two junctions of the door's edge, each with the cost from the door to it. Doors never wait."""
        if self.is_closed(door):
            return ()
        length = self.network.lengths_dm[door.edge]
        return (
            (self.network.starts[door.edge], cost_of(door.connector_dm + door.offset_dm)),
            (self.network.ends[door.edge], cost_of(door.connector_dm + length - door.offset_dm)),
        )


def _directions(network: Network, step_free: bool) -> Iterator[tuple[int, int, int]]:
    """Start, end and cost of each edge, in both directions."""
    stairs = int(Kind.STAIRS)  # as int: IntFlag's operators take ten times as long
    for edge, kind in enumerate(network.kinds):
        start, end = network.starts[edge], network.ends[edge]
        if start == end or (step_free and kind & stairs):
            continue
        cost = cost_of(network.lengths_dm[edge], network.waits_s[edge])
        yield start, end, cost
        yield end, start, cost


def along_one_edge(one: Door, other: Door) -> int:
    """The cost between two doors on the same edge without leaving it."""
    return cost_of(one.connector_dm + abs(one.offset_dm - other.offset_dm) + other.connector_dm)
