"""Where a building meets the streets: the nearest edge, not the nearest corner, never across a wall."""

import pytest

from circle.walking.doors import DoorFinder
from tests.make_walks import at, street, streets

LONG = {1: (0, 0), 2: (400, 0)}


def test_the_nearest_edge_and_not_the_nearest_corner():
    door = DoorFinder(streets(LONG, [street(1, 2)])).door(at(200, 30))
    assert door.offset_dm == pytest.approx(2000, abs=2)
    assert door.connector_dm == pytest.approx(300, abs=1)


def test_no_step_leads_across_a_wall():
    nodes = LONG | {3: (0, 100), 4: (400, 100), 5: (0, 0)}
    wall = [(-50, 20), (450, 20)]
    network = streets(nodes, [street(1, 2), street(3, 4), street(1, 3)], walls=[wall])
    doors = DoorFinder(network)
    assert doors.door(at(200, 40)).connector_dm == pytest.approx(600, abs=1)  # not the 400 across the wall
    assert doors.door(at(200, 10)).connector_dm == pytest.approx(100, abs=1)


def test_a_gate_stands_in_its_wall():
    nodes = {1: (0, 0), 2: (0, 100), 3: (200, 0)}
    network = streets(nodes, [street(1, 2), street(1, 3)], walls=[[(-50, 50), (0, 50), (50, 50)]])
    assert DoorFinder(network).door(at(-10, 50)).connector_dm == pytest.approx(100, abs=1)


@pytest.mark.parametrize(("north", "is_near"), [(299, True), (301, False), (3000, False)])
def test_what_stands_farther_than_300_m_is_off_the_streets(north, is_near):
    assert bool(DoorFinder(streets(LONG, [street(1, 2)])).door(at(200, north))) is is_near


def test_an_estates_own_path_leads_to_its_gate():
    network = streets(LONG | {3: (0, 300), 4: (400, 300)}, [street(1, 2), street(1, 3), street(3, 4)])
    doors = DoorFinder(network)
    entrance, gate = at(200, 250), at(200, 10)
    assert doors.door(entrance).connector_dm == pytest.approx(500, abs=1)
    by_path = doors.door(entrance, [at(200, 200), gate])
    assert by_path.connector_dm == pytest.approx(2500, abs=2)
    assert by_path.offset_dm == pytest.approx(2000, abs=2)


@pytest.mark.parametrize(
    "tags", [{"highway": "steps"}, {"bridge": "yes"}, {"highway": "footway", "footway": "crossing"}]
)
def test_nobodys_door_opens_onto_stairs_bridges_and_crossings(tags):
    nodes = LONG | {3: (0, 50), 4: (400, 50)}
    network = streets(nodes, [street(1, 2), street(1, 3), street(3, 4, **tags)])
    assert DoorFinder(network).door(at(200, 45)).connector_dm == pytest.approx(450, abs=1)


def test_distance_to_the_nearest_street():
    doors = DoorFinder(streets(LONG, [street(1, 2)]))
    assert doors.metres_to_street(at(200, 120)) == pytest.approx(120, abs=0.5)
    assert doors.metres_to_street(at(200, 900)) == float("inf")
