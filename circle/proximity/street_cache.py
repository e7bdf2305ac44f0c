"""The street network of a community as pages search it: read once per process, then cached."""

from collections.abc import Hashable, Mapping
from functools import cached_property, lru_cache
from typing import TypeVar

from circle.models import Building, Community, Located, StreetNetwork
from circle.walking.datum import to_wgs84
from circle.walking.doors import Door, DoorFinder
from circle.walking.graph import Graph, split_cost
from circle.walking.minutes import Point, StreetWalk, bearing_between
from circle.walking.network import Network
from circle.walking.search import costs_to_doors

# From the nearest street, in metres: further is likely the wrong datum, nearer likely the right one.
FAR_M, NEAR_M = 150, 60

Key = TypeVar("Key", bound=Hashable)


class Streets:
    """One street network with the graphs and doors that searches need, each built when first used."""

    def __init__(self, network: Network) -> None:
        self.network = network

    @cached_property
    def doors(self) -> DoorFinder:
        return DoorFinder(self.network)

    @cached_property
    def graph(self) -> Graph:
        return Graph.of(self.network)

    @cached_property
    def lines(self) -> list[list[Point]]:
        """Every edge from end to end, for drawing."""
        return [self.network.line(edge) for edge in range(self.network.edges)]

    @cached_property
    def step_free(self) -> Graph:
        return Graph.of(self.network, step_free=True) if self.network.has_stairs else self.graph

    def home(self, building: Building) -> Door | None:
        """The door, by the estate's own path where staff have drawn one; None too far from a street."""
        return self.doors.door(building.point, [(east, north) for east, north in building.own_path])

    def walks(self, start: Point, places: Mapping[Key, Point]) -> dict[Key, StreetWalk]:
        """Walks to each place within 30 minutes at planning pace, searched now (what-if, rounds)."""
        door = self.doors.door(start)
        found = {key: self.doors.door(point) for key, point in places.items()}
        doors = {key: there for key, there in found.items() if there}
        if not door:
            return {}
        plain, without = costs_to_doors(self.graph, door, doors), costs_to_doors(self.step_free, door, doors)
        walks = {}
        for key, cost in plain.items():
            distance_dm, wait_s = split_cost(cost)
            step_free_dm, step_free_wait_s = split_cost(without[key]) if key in without else (None, None)
            towards = bearing_between(start, places[key])
            walks[key] = StreetWalk(distance_dm, wait_s, step_free_dm, step_free_wait_s, towards)
        return walks


def streets_of(community: Community) -> Streets | None:
    """The current network: one small query, and a second one where this process has not cached it."""
    known = StreetNetwork.objects.current(community)
    return read_streets(known.pk, known.sha256) if known else None


@lru_cache(maxsize=4)
def read_streets(pk: int, sha256: str) -> Streets:
    return Streets(Network.from_bytes(bytes(StreetNetwork.objects.get(pk=pk, sha256=sha256).content)))


def likely_datum(community: Community, entered: Point, datum: str) -> str | None:
    """For a point far from any street, the datum in which it would lie beside one: likely the right one."""
    streets = streets_of(community)
    if not streets or streets.doors.metres_to_street(to_wgs84(entered, datum)) <= FAR_M:
        return None
    distances = {
        other: streets.doors.metres_to_street(to_wgs84(entered, other))
        for other in Located.Datum.values
        if other != datum
    }
    nearest = min(distances, key=lambda other: distances[other])
    return nearest if distances[nearest] <= NEAR_M else None
