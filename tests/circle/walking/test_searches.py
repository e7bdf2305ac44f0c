"""heapq, scipy and networkx find the same ways, cell by cell; and ways behave as ways do."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from circle.importing.streets import read_network
from circle.management.commands.check_walking import compare_searches, scatter_doors
from circle.walking import batch
from circle.walking.batch import BatchSearch, walk_table
from circle.walking.doors import Door, DoorFinder
from circle.walking.graph import REACH, Graph, cost_of, limit_of, split_cost
from circle.walking.search import costs_to_doors
from circle.walking.walkable import Kind
from tests.make_walks import at, grid, street, streets

SIDE = 6


@st.composite
def towns(draw):
    """A connected town on a square of junctions, with stairs, crossings and roads of all lengths."""
    places = {
        row * SIDE + column: (
            column * 150 + draw(st.integers(-60, 60)),
            row * 150 + draw(st.integers(-60, 60)),
        )
        for row in range(SIDE)
        for column in range(SIDE)
    }
    kinds = st.sampled_from(
        [
            {"highway": "residential"},
            {"highway": "footway"},
            {"highway": "steps"},
            {"highway": "footway", "footway": "crossing"},
            {"highway": "path", "incline": "7%"},
            {"highway": "residential", "incline": "15%"},
        ]
    )
    pairs = [(n, n + 1) for n in places if (n + 1) % SIDE] + [
        (n, n + SIDE) for n in places if n + SIDE in places
    ]
    kept = [pair for pair in pairs if draw(st.integers(0, 9)) < 8] or pairs
    return streets(places, [([start, end], draw(kinds)) for start, end in kept] + [street(0, 1)])


def doors_of(network):
    """A few doors, some at the ends of an edge and some on the same one."""
    open_edges = [edge for edge, kind in enumerate(network.kinds) if not kind & Kind.NO_DOOR]
    found = []
    for edge in open_edges[:12]:
        length = network.lengths_dm[edge]
        found += [Door(edge, 0, 0), Door(edge, length, 30), Door(edge, length // 3, 55)]
    return found


@settings(max_examples=40, deadline=None)
@given(towns(), st.booleans())
def test_three_engines_agree_in_every_cell(network, step_free):
    doors = doors_of(network)
    graph = Graph.of(network, step_free=step_free)
    pairs, differences = compare_searches(graph, doors[::2], doors)
    assert differences == 0
    assert pairs >= sum(not graph.is_closed(door) for door in doors[::2])


@settings(max_examples=25, deadline=None)
@given(towns())
def test_no_detour_is_shorter_and_there_is_as_far_as_back(network):
    doors = dict(enumerate(doors_of(network)[:15]))
    graph = Graph.of(network)
    costs = {
        (a, b): cost for a, door in doors.items() for b, cost in costs_to_doors(graph, door, doors).items()
    }
    for (a, b), cost in costs.items():
        assert costs[b, a] == cost
        for c in doors:
            if (b, c) in costs and (a, c) in costs:
                # The way over b goes to its door and back to the street.
                assert costs[a, c] <= cost + costs[b, c]


@settings(max_examples=25, deadline=None)
@given(towns())
def test_a_way_without_stairs_is_never_shorter(network):
    doors = dict(enumerate(doors_of(network)[:15]))
    plain, step_free = Graph.of(network), Graph.of(network, step_free=True)
    for door in doors.values():
        found = costs_to_doors(plain, door, doors)
        assert all(found[key] <= cost for key, cost in costs_to_doors(step_free, door, doors).items())


def test_ends_of_the_limit_are_counted_in():
    network = streets({1: (0, 0), 2: (600, 0)}, [street(1, 2)])
    graph, length = Graph.of(network), network.lengths_dm[0]
    start, end = Door(0, 0, 0), Door(0, length, 0)
    assert costs_to_doors(graph, start, {"end": end}, cost_of(length)) == {"end": cost_of(length)}
    assert costs_to_doors(graph, start, {"end": end}, cost_of(length) - 1) == {}


def test_of_two_ways_as_long_the_one_with_less_waiting_is_taken():
    assert cost_of(1000, 20) < cost_of(1001, 20)
    assert cost_of(1200, 0) < cost_of(1000, 20)
    assert split_cost(cost_of(1234, 40)) == (1234, 40)
    assert limit_of(30) == REACH
    assert cost_of(18_000) <= REACH < cost_of(18_001)


def test_the_crow_is_wrong_beside_a_river():
    """Two homes 60 m apart on either bank; the only bridge is 700 m away."""
    nodes = {1: (0, 0), 2: (700, 0), 3: (700, 60), 4: (0, 60)}
    ways_ = [street(1, 2), street(2, 3, bridge="yes"), street(3, 4)]
    network = streets(nodes, ways_, walls=[[(-100, 30), (800, 30)]])
    doors = DoorFinder(network)
    south, north = doors.door(at(0, 20)), doors.door(at(0, 40))
    [cost] = costs_to_doors(Graph.of(network), south, {"north": north}).values()
    assert split_cost(cost)[0] == pytest.approx(15_000, abs=5)


def test_an_unreachable_island_has_no_way():
    """Its streets are no part of the main component, and no street is near: none, never 0 or 999."""
    nodes = {1: (0, 0), 2: (900, 0), 3: (0, 700), 4: (50, 700)}
    network = streets(nodes, [street(1, 2), street(3, 4)])
    assert DoorFinder(network).door(at(25, 700)) is None


def test_stairs_alone_lead_up_the_hill():
    nodes = {1: (0, 0), 2: (200, 0), 3: (200, 50), 4: (0, 50)}
    network = streets(nodes, [street(1, 2), street(2, 3, highway="steps"), street(3, 4)])
    doors = DoorFinder(network)
    start, above = doors.door(at(0, 5)), doors.door(at(0, 55))
    graph, step_free = Graph.of(network), Graph.of(network, step_free=True)
    found = walk_table(BatchSearch(graph, [above]), BatchSearch(step_free, [above]), [start])
    assert found.distances_dm.tolist() == [pytest.approx(4600, abs=4)]
    assert (found.step_free_dm.tolist(), found.step_free_waits_s.tolist()) == ([-1], [-1])


def test_a_part_of_a_city_gives_the_same_as_the_whole(monkeypatch):
    network = grid(12, 12)
    doors = scatter_doors(network, 60)
    whole = found(BatchSearch(Graph.of(network), doors, limit_of(6)), doors)
    monkeypatch.setattr(batch, "WHOLE_AT_ONCE", 10)
    monkeypatch.setattr(batch, "SQUARE_DEGREES", 0.002)
    assert found(BatchSearch(Graph.of(network), doors, limit_of(6)), doors) == whole


def found(searched, starts):
    return {
        (start, home): cost
        for portion in searched.pairs(starts)
        for start, home, cost in zip(*(column.tolist() for column in portion), strict=True)
    }


def test_a_home_on_a_road_without_end_is_found_in_a_part_of_a_city(monkeypatch):
    """Neither junction of the road is within reach, yet the neighbour's door is."""
    network = streets({1: (0, 0), 2: (6000, 0), 3: (6000, 100)}, [street(1, 2), street(2, 3)])
    start, home = Door(0, 30_000, 0), Door(0, 30_500, 10)
    monkeypatch.setattr(batch, "WHOLE_AT_ONCE", 1)
    assert found(BatchSearch(Graph.of(network), [home], limit_of(6)), [start]) == {(0, 0): cost_of(510)}


@pytest.mark.parametrize("whole_at_once", [10, 20_000])
def test_the_nearest_start_is_the_least_of_all_pairs(whole_at_once, monkeypatch):
    monkeypatch.setattr(batch, "WHOLE_AT_ONCE", whole_at_once)
    network = grid(8, 8)
    doors = scatter_doors(network, 50)
    searched = BatchSearch(Graph.of(network), doors[10:], limit_of(5))
    pairs = found(searched, doors[:10])
    least = [min((pairs[s, h] for s in range(10) if (s, h) in pairs), default=-1) for h in range(40)]
    assert searched.nearest(doors[:10]).tolist() == least


def test_nobody_starts_and_nobody_arrives():
    graph = Graph.of(grid())
    door = scatter_doors(graph.network, 1)
    for homes, starts in (([], []), ([], door), (door, [])):
        searched = BatchSearch(graph, homes)
        assert walk_table(searched, searched, starts).starts.tolist() == []
        assert walk_table(searched, BatchSearch(graph, homes), starts).starts.tolist() == []


@pytest.mark.parametrize("name", ["beijing", "helsinki"])
def test_three_engines_agree_on_real_streets(name, request):
    network = read_network(request.getfixturevalue(name))
    doors = scatter_doors(network, 220)
    for step_free in (False, True):
        pairs, differences = compare_searches(Graph.of(network, step_free=step_free), doors[:20], doors[20:])
        assert pairs > 1000
        assert differences == 0
