"""The walks of `search` for many doors at once, by scipy. Commands only: importing it takes 0.4 s, 47 MB.

A door becomes a node of its own: from a starting door edges lead out to the two junctions beside it, into an
arriving door edges lead from its two junctions, and two doors on one edge are joined directly.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from circle.walking.doors import Door
from circle.walking.graph import MASK, REACH, SHIFT, Graph, along_one_edge

Ints = NDArray[np.int64]
Costs = NDArray[np.float64]  # whole numbers far below 2^53, so exact
# scipy prepares every node for every search, and its heap is slow with many entries. Beyond so many nodes,
# starts in one square are searched only in the part of the graph that a common search from the square
# reaches, and that search needs no heap: the same results, far sooner in a city.
WHOLE_AT_ONCE = 20_000
SQUARE_DEGREES = 0.1  # some 10 km
CELLS_AT_ONCE = 500_000  # of a table of costs, 8 bytes each


class PairCosts(NamedTuple):
    """The walks found: number of the start, number of the home, and cost, as three columns."""

    starts: Ints
    homes: Ints
    costs: Ints


class WalkTable(NamedTuple):
    """The walks as distances and waits, with and without stairs; -1 where there is none without."""

    starts: Ints
    homes: Ints
    distances_dm: Ints
    waits_s: Ints
    step_free_dm: Ints
    step_free_waits_s: Ints


class BatchSearch:
    """Walks from many doors to the same homes over one graph."""

    def __init__(self, graph: Graph, homes: Sequence[Door], limit: int = REACH) -> None:
        self.graph, self.homes, self.limit = graph, homes, limit
        self.known: dict[int, Ints] = {}  # by square: the nodes within reach of it
        self.on_edge: dict[int, list[int]] = defaultdict(list)
        for number, home in enumerate(homes):
            self.on_edge[home.edge].append(number)
        nodes = graph.network.nodes
        firsts, targets = (np.frombuffer(column, dtype=np.intc) for column in (graph.firsts, graph.targets))
        costs = np.frombuffer(graph.costs, dtype=np.int64)
        into = [
            (junction, nodes + number, cost)
            for number, home in enumerate(homes)
            for junction, cost in junction_costs(graph, home).items()
        ]
        sources, arrivals, arrival_costs = to_columns(into)
        self.base = csr_array(
            (
                np.concatenate([costs, arrival_costs]).astype(np.float64),
                (
                    np.concatenate([np.repeat(np.arange(nodes), np.diff(firsts)), sources], dtype=np.intc),
                    np.concatenate([targets, arrivals], dtype=np.intc),
                ),
            ),
            shape=(nodes + len(homes), nodes + len(homes)),
        )

    def pairs(self, starts: Sequence[Door]) -> Iterator[PairCosts]:
        """All pairs within the limit, in portions that bound the memory."""
        whole, first_start = self.matrix(starts)
        for group, around in self.groups(starts):
            selected = np.concatenate([around, first_start + group])
            part = whole if len(selected) == whole.shape[0] else whole[selected][:, selected]
            homes = np.flatnonzero((selected >= self.graph.network.nodes) & (selected < first_start))
            sources = len(around) + np.arange(len(group))
            portion = max(1, CELLS_AT_ONCE // part.shape[0])
            for first in range(0, len(group), portion):
                table = dijkstra(part, indices=sources[first : first + portion], limit=self.limit)[:, homes]
                rows, found = np.nonzero(np.isfinite(table))
                yield PairCosts(
                    group[first + rows],
                    selected[homes[found]] - self.graph.network.nodes,
                    table[rows, found].astype(np.int64),
                )

    def nearest(self, starts: Sequence[Door]) -> Ints:
        """The cost from the nearest start to each home, -1 beyond the limit, in one search for all starts."""
        whole, first_start = self.matrix(starts)
        found = self.least(whole, np.arange(first_start, whole.shape[0]))
        homes = found[self.graph.network.nodes : first_start]
        return np.where(np.isfinite(homes), homes, -1).astype(np.int64)

    def least(self, whole: csr_array, sources: Ints) -> Costs:
        """The cost from the nearest source to each node, infinite beyond the limit."""
        if whole.shape[0] > WHOLE_AT_ONCE:
            return search_in_rounds(whole, sources, self.limit)
        costs: Costs = dijkstra(whole, indices=sources, limit=self.limit, min_only=True)
        return costs

    def matrix(self, starts: Sequence[Door]) -> tuple[csr_array, int]:
        """The matrix of junctions, homes and starts, in this order, and the number of the first start."""
        base, first_start = self.base, self.base.shape[0]
        rows, targets, costs = self.out_of(starts)
        order = np.argsort(rows, kind="stable")
        ends = base.indptr[-1] + np.cumsum(np.bincount(rows, minlength=len(starts)))
        columns_ = np.concatenate([base.indices, targets[order].astype(base.indices.dtype)])
        values = np.concatenate([base.data, costs[order].astype(np.float64)])
        size = first_start + len(starts)
        pointers = np.concatenate([base.indptr, ends.astype(base.indptr.dtype)])
        return csr_array((values, columns_, pointers), shape=(size, size)), first_start

    def out_of(self, starts: Sequence[Door]) -> tuple[Ints, Ints, Ints]:
        """The edges from each start: to the junctions beside it, and to the homes on the same edge."""
        network = self.graph.network
        own = np.array(
            [n for n, start in enumerate(starts) if not self.graph.is_closed(start)], dtype=np.int64
        )
        edges, offsets, connectors = np.array(starts, dtype=np.int64).reshape(-1, 3)[own].T
        ends = [np.frombuffer(each, dtype=np.intc)[edges] for each in (network.starts, network.ends)]
        back = np.frombuffer(network.lengths_dm, dtype=np.intc)[edges] - offsets
        rows, homes, costs = to_columns(
            [
                (number, network.nodes + home, along_one_edge(start, self.homes[home]))
                for number, start in enumerate(starts)
                if not self.graph.is_closed(start)
                for home in self.on_edge.get(start.edge, ())
            ]
        )
        return (
            np.concatenate([own, own, rows]),
            np.concatenate([*ends, homes]),
            np.concatenate([(connectors + offsets) << SHIFT, (connectors + back) << SHIFT, costs]),
        )

    def groups(self, starts: Sequence[Door]) -> Iterator[tuple[Ints, Ints]]:
        """Starts that are searched together, and the nodes to search: in a small network all of them."""
        if self.base.shape[0] <= WHOLE_AT_ONCE:
            if starts:
                yield np.arange(len(starts)), np.arange(self.base.shape[0])
            return
        squares = self.squares[[start.edge for start in starts]]
        for square in np.unique(squares):
            yield np.flatnonzero(squares == square), self.around(int(square))

    @cached_property
    def squares(self) -> Ints:
        """A number for each edge, the same for those that begin in the same square."""
        network = self.graph.network
        points = np.array([network.point(node) for node in range(network.nodes)])
        _cells, numbers = np.unique(points // SQUARE_DEGREES, axis=0, return_inverse=True)
        squares: Ints = numbers.ravel()[np.frombuffer(network.starts, dtype=np.intc)]
        return squares

    def around(self, square: int) -> Ints:
        """All junctions and homes within reach of any start in the square; searched once."""
        if square not in self.known:
            network = self.graph.network
            edges = np.flatnonzero(self.squares == square)
            ends = [np.frombuffer(column, dtype=np.intc)[edges] for column in (network.starts, network.ends)]
            beside = [network.nodes + home for edge in edges.tolist() for home in self.on_edge.get(edge, ())]
            sources = np.unique(np.concatenate([*ends, np.array(beside, dtype=np.intc)]))
            self.known[square] = np.flatnonzero(np.isfinite(self.least(self.base, sources)))
        return self.known[square]


def search_in_rounds(whole: csr_array, sources: Ints, limit: int) -> Costs:
    """A search from many sources at once, in rounds: each node that became cheaper updates its neighbours.

    It ends when none becomes cheaper, with the costs that Dijkstra's algorithm would find.
    """
    firsts, targets = whole.indptr.astype(np.int64), whole.indices.astype(np.int64)
    degrees = np.diff(firsts)
    least = np.full(len(degrees), limit + 1.0)
    least[sources] = 0
    is_new = np.zeros(len(degrees), dtype=bool)
    front = sources
    while front.size:
        many = degrees.take(front)
        ends = np.cumsum(many)
        edges = np.repeat(firsts.take(front) - (ends - many), many) + np.arange(ends[-1])
        costs = np.repeat(least.take(front), many) + whole.data.take(edges)
        nodes = targets.take(edges)
        less = np.flatnonzero(costs < least.take(nodes))
        nodes = nodes.take(less)
        np.minimum.at(least, nodes, costs.take(less))
        is_new[nodes] = True
        front = np.flatnonzero(is_new)
        is_new[front] = False
    least[least > limit] = np.inf
    return least


def walk_table(plain: BatchSearch, step_free: BatchSearch, starts: Sequence[Door]) -> WalkTable:
    """All walks from the starts to the homes; both batches are the same object where there are no stairs."""
    found = all_pairs(plain, starts)
    costs = found.costs
    if step_free is not plain:
        without = all_pairs(step_free, starts)
        known, wanted = (pairs.starts * len(plain.homes) + pairs.homes for pairs in (without, found))
        order = np.argsort(known)
        places = np.searchsorted(known, wanted, sorter=order)
        costs = np.full(len(wanted), -1)
        is_there = np.isin(wanted, known)
        costs[is_there] = without.costs[order[places[is_there]]]
    return WalkTable(found.starts, found.homes, *read_costs(found.costs), *read_costs(costs))


def all_pairs(batch: BatchSearch, starts: Sequence[Door]) -> PairCosts:
    portions = list(batch.pairs(starts)) or [PairCosts(*to_columns([]))]
    return PairCosts(*(np.concatenate(column) for column in zip(*portions, strict=True)))


def read_costs(costs: Ints) -> tuple[Ints, Ints]:
    """`graph.split_cost` of many costs; -1 stays -1."""
    waits = costs & MASK
    return np.where(costs < 0, -1, (costs >> SHIFT) - 10 * waits), np.where(costs < 0, -1, waits)


def junction_costs(graph: Graph, door: Door) -> dict[int, int]:
    """The costs from a door to its junctions, which are one and the same on a loop."""
    found: dict[int, int] = {}
    for node, cost in graph.ends(door):
        found[node] = min(cost, found.get(node, cost))
    return found


def to_columns(rows: list[tuple[int, int, int]]) -> tuple[Ints, Ints, Ints]:
    sources, targets, costs = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return sources, targets, costs
