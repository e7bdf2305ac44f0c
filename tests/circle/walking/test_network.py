"""From ways to a network: junctions, waits at crossings, the main component, one file with one hash."""

import pytest

from circle.walking.build import build_network, slope_factor
from circle.walking.network import DamagedNetworkError, Network, content_sha256
from circle.walking.osm import read_extract
from circle.walking.walkable import Kind
from tests.make_walks import grid, osm_file, street, streets


def test_edges_run_from_junction_to_junction():
    network = streets(
        {1: (0, 0), 2: (100, 0), 3: (200, 0), 4: (100, 80), 5: (300, 0)}, [street(1, 2, 3, 5), street(2, 4)]
    )
    assert (network.nodes, network.edges) == (4, 3)
    assert sorted(network.lengths_dm) == pytest.approx([800, 1000, 2000], abs=1)


def test_only_the_main_component_is_kept_and_the_rest_is_reported():
    network = streets(
        {1: (0, 0), 2: (500, 0), 3: (0, 900), 4: (100, 900), 5: (300, 900), 6: (350, 900)},
        [street(1, 2), street(3, 4), street(5, 6)],
    )
    assert network.edges == 1
    figures = network.about["figures"]
    assert (figures["dropped_components"], figures["dropped_nodes"]) == (2, 4)
    assert figures["dropped_metres"] == pytest.approx(150, abs=1)


def test_a_crossing_costs_its_wait_once():
    nodes = {1: (-100, 0), 2: (0, 0), 3: (100, 0), 4: (0, 10), 5: (0, -10)}
    ways = [street(1, 2, 3), ([4, 2, 5], {"highway": "footway", "footway": "crossing"})]
    network = streets(nodes, ways, crossing_wait_s=20)
    waits = {network.lengths_dm[edge]: network.waits_s[edge] for edge in range(network.edges)}
    assert waits == {1000: 0, 100: 10}
    assert sum(network.waits_s) == 20


def test_a_footway_over_a_marked_node_waits_and_the_carriageway_does_not():
    nodes = {1: (-100, 0), 2: (0, 0), 3: (100, 0), 4: (0, 10), 5: (0, -10)}
    ways = [street(1, 2, 3), ([4, 2, 5], {"highway": "footway"})]
    assert sum(streets(nodes, ways, crossings={2}).waits_s) == 20
    assert sum(streets(nodes, ways).waits_s) == 0


def test_a_crossing_of_a_road_that_is_no_way_on_foot_still_waits():
    nodes = {1: (0, 0), 2: (0, 20), 3: (100, 0)}
    ways = [street(1, 3, highway="footway"), ([1, 2], {"highway": "footway", "footway": "crossing"})]
    network = streets(nodes, ways)
    assert sorted(network.waits_s) == [0, 20]
    assert network.kinds[list(network.waits_s).index(20)] & Kind.NO_DOOR


@pytest.mark.parametrize("wait", [-2, 15])
def test_the_wait_is_halved_so_it_must_be_even(wait):
    with pytest.raises(ValueError, match="even"):
        streets({1: (0, 0), 2: (1, 0)}, [street(1, 2)], crossing_wait_s=wait)


def test_a_slope_is_as_long_there_as_back_and_longer_than_the_level():
    assert slope_factor(0) == 1
    assert slope_factor(0.08) == slope_factor(-0.08)
    assert 1 < slope_factor(0.05) < slope_factor(0.1)


def test_the_file_gives_back_the_network_and_the_same_bytes():
    network = grid()
    content = network.to_bytes()
    assert Network.from_bytes(content) == network
    assert content_sha256(content) == content_sha256(grid().to_bytes())


@pytest.mark.parametrize("content", [b"", b"words", grid().to_bytes()[:200]])
def test_bytes_that_are_no_network_are_refused(content):
    with pytest.raises(DamagedNetworkError):
        Network.from_bytes(content)


@pytest.mark.parametrize("name", ["beijing", "helsinki"])
def test_real_extracts_are_read(name, request):
    path = request.getfixturevalue(name)
    network = build_network(read_extract(path), source=path.name)
    expected = {"beijing": (443, 585, 12), "helsinki": (3464, 4743, 22)}[name]
    figures = network.about["figures"]
    assert (network.nodes, network.edges, figures["dropped_components"]) == expected
    assert Network.from_bytes(network.to_bytes()) == network


def test_ways_that_meet_only_at_a_closed_gate_are_apart(tmp_path):
    nodes = {1: (0, 0), 2: (100, 0), 3: (150, 0)}
    gate = {2: {"barrier": "gate", "locked": "yes"}}
    network = build_network(read_extract(osm_file(tmp_path / "a.osm", nodes, [street(1, 2, 3)], gate)))
    assert network.edges == 1
    assert network.about["figures"]["dropped_components"] == 1
