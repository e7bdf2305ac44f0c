"""The quickest walks from one door, by the standard library alone: for pages, what-if and rounds."""

from collections.abc import Hashable, Mapping
from heapq import heappop, heappush
from typing import TypeVar

from circle.walking.doors import Door
from circle.walking.graph import REACH, Graph, along_one_edge

Key = TypeVar("Key", bound=Hashable)


def reachable_junctions(graph: Graph, start: Door, limit: int = REACH) -> dict[int, int]:
    """The cost of the quickest walk to each junction within the limit (Dijkstra's algorithm)."""
    firsts, targets, costs = graph.firsts, graph.targets, graph.costs
    found: dict[int, int] = {}
    best: dict[int, int] = {}
    waiting: list[tuple[int, int]] = []
    for node, cost in graph.ends(start):
        if cost <= min(limit, best.get(node, limit)):
            best[node] = cost
            heappush(waiting, (cost, node))
    while waiting:
        cost, node = heappop(waiting)
        if node in found:
            continue
        found[node] = cost
        for number in range(firsts[node], firsts[node + 1]):
            target = targets[number]
            further = cost + costs[number]
            if further <= limit and further < best.get(target, further + 1):
                best[target] = further
                heappush(waiting, (further, target))
    return found


def costs_to_doors(
    graph: Graph, start: Door, doors: Mapping[Key, Door], limit: int = REACH
) -> dict[Key, int]:
    """The cost of the quickest walk to each door within the limit; `graph.split_cost` reads it."""
    junctions = reachable_junctions(graph, start, limit)
    found = {}
    for key, door in doors.items():
        sums = [junctions[node] + cost for node, cost in graph.ends(door) if node in junctions]
        if door.edge == start.edge and not graph.is_closed(door):
            sums.append(along_one_edge(start, door))
        if sums and min(sums) <= limit:
            found[key] = min(sums)
    return found
