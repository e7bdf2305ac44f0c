import random
from argparse import ArgumentParser
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from circle.importing.places import find_community
from circle.importing.streets import read_network
from circle.models import StreetNetwork
from circle.walking.batch import BatchSearch
from circle.walking.doors import Door, DoorFinder
from circle.walking.graph import REACH, Graph, cost_of
from circle.walking.network import Network
from circle.walking.search import costs_to_doors
from circle.walking.walkable import Kind

SEED = 20261124


class Command(BaseCommand):
    help = (
        "For developers (needs networkx, of the test environment): searches walks by heapq, by scipy "
        "and by networkx, with and without stairs, and fails if one number differs."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", nargs="*", type=Path, help="OpenStreetMap files; else the streets in use"
        )
        parser.add_argument("--community", default="")
        parser.add_argument("--starts", type=int, default=40)
        parser.add_argument("--homes", type=int, default=400)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            networks = networks_of(options["files"], options["community"])
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        wrong = 0
        for name, network in networks.items():
            doors = scatter_doors(network, options["starts"] + options["homes"])
            starts, homes = doors[: options["starts"]], doors[options["starts"] :]
            for step_free in (False, True):
                pairs, differences = compare_searches(Graph.of(network, step_free=step_free), starts, homes)
                which = "without stairs" if step_free else "all walks"
                self.stdout.write(f"{name}, {which}: {pairs:,} pairs, {differences} differences")
                wrong += differences
        if wrong:
            raise CommandError(f"{wrong} differences.")


def networks_of(files: list[Path], slug: str) -> dict[str, Network]:
    if files:
        return {path.name: read_network(path) for path in files}
    streets = StreetNetwork.objects.current(find_community(slug))
    if not streets:
        raise CommandError("There are no streets yet: import them first.")
    return {streets.source: Network.from_bytes(bytes(streets.content))}


def scatter_doors(network: Network, number: int) -> list[Door]:
    """Doors at random points, the same ones on every run."""
    chance, doors = random.Random(SEED), DoorFinder(network)  # noqa: S311 - nothing secret
    west, south, east, north = network.bounds()
    found: list[Door] = []
    for _attempt in range(50 * number):
        door = doors.door((chance.uniform(west, east), chance.uniform(south, north)))
        if door:
            found.append(door)
        if len(found) == number:
            break
    return found


def compare_searches(graph: Graph, starts: Sequence[Door], homes: Sequence[Door]) -> tuple[int, int]:
    """The number of pairs within reach, and of cells in which the three searches differ."""
    ours = {
        (start, home): cost
        for start, door in enumerate(starts)
        for home, cost in costs_to_doors(graph, door, dict(enumerate(homes))).items()
    }
    batch = {
        (start, home): cost
        for found in BatchSearch(graph, homes).pairs(starts)
        for start, home, cost in zip(*(column.tolist() for column in found), strict=True)
    }
    theirs = search_by_networkx(graph, starts, homes)
    cells = ours.keys() | batch.keys() | theirs.keys()
    return len(ours), sum(not ours.get(cell) == batch.get(cell) == theirs.get(cell) for cell in cells)


def search_by_networkx(
    graph: Graph, starts: Sequence[Door], homes: Sequence[Door]
) -> dict[tuple[int, int], int]:
    """Modelled differently on purpose: each door's point splits its edge and becomes a node of the graph."""
    import networkx  # of the test environment: no page and no other command needs it

    streets = cut_streets(graph, [*starts, *homes], networkx.Graph())
    found = {}
    for number, start in enumerate(starts):
        begin = cost_of(start.connector_dm)
        source = (start.edge, start.offset_dm)
        if source not in streets:  # on an edge that is none of these ways
            continue
        costs = networkx.single_source_dijkstra_path_length(streets, source, cutoff=REACH - begin)
        for home, door in enumerate(homes):
            place = (door.edge, door.offset_dm)
            if place in costs and (cost := begin + costs[place] + cost_of(door.connector_dm)) <= REACH:
                found[number, home] = cost
    return found


def cut_streets(graph: Graph, doors: Sequence[Door], streets: Any) -> Any:
    cuts: dict[int, set[int]] = {}
    for door in doors:
        cuts.setdefault(door.edge, set()).add(door.offset_dm)
    network = graph.network
    for edge, (start, end) in enumerate(zip(network.starts, network.ends, strict=True)):
        if graph.step_free and network.kinds[edge] & Kind.STAIRS:
            continue
        length = network.lengths_dm[edge]
        marks: list[tuple[int, Any]] = [(mark, (edge, mark)) for mark in sorted(cuts.get(edge, ()))]
        for (mark, one), (next_mark, other) in pairwise([(0, start), *marks, (length, end)]):
            join_nodes(streets, one, other, cost_of(next_mark - mark, network.waits_s[edge]))
    return streets


def join_nodes(streets: Any, one: Any, other: Any, cost: int) -> None:
    """Add the edge; of parallel edges the cheaper one remains."""
    known = streets.get_edge_data(one, other)
    streets.add_edge(one, other, weight=min(cost, known["weight"]) if known else cost)
