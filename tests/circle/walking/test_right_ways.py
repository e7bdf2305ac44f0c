"""Right ways over streets as the map draws them, each rule by a file made by hand."""

import pytest

from circle.importing.streets import read_network
from circle.proximity.street_cache import Streets
from tests.make_walks import at, osm_file, street


def walk(path, nodes, ways, start, end):
    """The walk from one point to the other over the streets of a file; None where there is none."""
    streets = Streets(read_network(osm_file(path / "town.osm", nodes, ways)))
    return streets.walks(at(*start), {"there": at(*end)}).get("there")


STEEP = {1: (0, 0), 2: (200, 0), 3: (200, 400)}


@pytest.mark.parametrize("incline", ["10 %", "1:6", "-6°"])
def test_a_steep_street_has_doors_and_no_step_free_way(tmp_path, incline):
    ways = [street(1, 2, incline=incline), street(2, 3)]
    found = walk(tmp_path, STEEP, ways, (50, 5), (195, 300))
    assert found.distance_dm >= 4500  # not less than on the level
    assert found.step_free_dm is None
    level = walk(tmp_path, STEEP, [street(1, 2, incline="1:20"), street(2, 3)], (50, 5), (195, 300))
    assert level.step_free_dm == level.distance_dm


def test_two_doors_of_one_steep_street_have_no_step_free_way_either(tmp_path):
    found = walk(tmp_path, STEEP, [street(1, 2, incline="15%"), street(2, 3)], (50, 5), (150, 5))
    assert found.distance_dm >= 1000
    assert found.step_free_dm is None


@pytest.mark.parametrize(
    ("tags", "is_walked"),
    [
        ({"sidewalk:left": "yes"}, True),
        ({"sidewalk:both": "yes"}, True),
        ({"sidewalk:right": "no"}, False),
        ({}, False),
    ],
)
def test_pavements_named_by_side_make_a_big_road_walkable(tmp_path, tags, is_walked):
    road = ([1, 2], {"highway": "trunk"} | tags)
    short_road = walk(
        tmp_path, STEEP | {4: (0, 400)}, [road, street(2, 3), street(3, 4, 1)], (5, 10), (195, 10)
    )
    assert (short_road.distance_dm < 3000) is is_walked
