"""The networks that bench/walking.py searches: a city drawn by a fixed seed, or real streets."""

import random

import numpy as np
from fresh import ROOT  # noqa: F401 - puts the project on the path

SEED = 20261124


class Town:
    """A network as plain columns, for every engine the same."""

    def __init__(self, network) -> None:
        from circle.walking.doors import Door
        from circle.walking.graph import Graph, split_cost
        from circle.walking.walkable import Kind

        self.network, self.graph = network, Graph.of(network)
        self.nodes = network.nodes
        self.firsts = np.array(self.graph.firsts)
        self.targets = np.array(self.graph.targets)
        waits = [split_cost(cost) for cost in self.graph.costs]
        self.costs = np.array([distance + 10 * wait for distance, wait in waits])
        self.sources = np.repeat(np.arange(self.nodes), np.diff(self.firsts))
        self.east, self.north = np.array(network.longitudes), np.array(network.latitudes)
        # A place or home stands at a junction, at the end of an edge that doors may open onto.
        self.doors = {}
        for edge, kind in enumerate(network.kinds):
            if not kind & Kind.NO_DOOR:
                self.doors[network.starts[edge]] = Door(edge, 0, 0)
                self.doors[network.ends[edge]] = Door(edge, network.lengths_dm[edge], 0)
        self.open = np.array(sorted(self.doors))


def city(side: int):
    """Squares with jitter and gaps, as an extract of OpenStreetMap would give them."""
    from circle.walking.build import build_network
    from circle.walking.minutes import EARTH_RADIUS_M
    from circle.walking.osm import Extract, Way
    from circle.walking.walkable import Kind

    chance = random.Random(SEED)
    step = 100 / EARTH_RADIUS_M / 3.14159265 * 180
    points = {
        row * side + column: (
            106.0 + (column + chance.uniform(-0.3, 0.3)) * step / 0.9,
            26.0 + (row + chance.uniform(-0.3, 0.3)) * step,
        )
        for row in range(side)
        for column in range(side)
    }
    pairs = [(n, n + 1) for n in points if (n + 1) % side] + [
        (n, n + side) for n in points if n + side in points
    ]
    ways = [Way([start, end], Kind.CARRIAGEWAY) for start, end in pairs if chance.random() > 0.15]
    return build_network(Extract(points=points, ways=ways), source="city", cycleways=False)
