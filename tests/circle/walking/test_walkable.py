"""The walk filter, line by line: whoever changes it changes its version and these rows."""

import pytest

from circle.walking.walkable import (
    VERSION,
    Kind,
    edge_kind,
    exclusion_reason,
    is_barrier,
    is_blocking_node,
    is_crossing,
    read_slope,
)


def test_version_goes_with_the_table():
    assert VERSION == "walk-3"


@pytest.mark.parametrize(
    ("tags", "why"),
    [
        ({"highway": "footway"}, ""),
        ({"highway": "residential"}, ""),
        ({"highway": "steps"}, ""),
        ({"highway": "motorway", "foot": "yes"}, "motorway"),
        ({"highway": "trunk"}, "big_road"),
        ({"highway": "trunk", "sidewalk": "both"}, ""),
        ({"highway": "primary", "motorroad": "yes"}, "big_road"),
        ({"highway": "construction"}, "not_walkable"),
        ({"highway": "service", "access": "private"}, "private"),
        ({"highway": "service", "access": "private", "foot": "yes"}, ""),
        ({"highway": "service", "access": "destination"}, ""),
        ({"highway": "secondary", "foot": "use_sidepath"}, "private"),
        ({"highway": "footway", "foot": "no"}, "private"),
        ({"highway": "cycleway"}, "cycleway"),
        ({"highway": "cycleway", "foot": "designated"}, ""),
        ({"highway": "cycleway", "foot": "no"}, "private"),
    ],
)
def test_verdict(tags, why):
    assert exclusion_reason(tags, cycleways=False) == why


def test_cycleways_are_a_setting():
    assert exclusion_reason({"highway": "cycleway"}, cycleways=True) == ""


@pytest.mark.parametrize(
    ("tags", "found"),
    [
        ({"highway": "residential"}, Kind.CARRIAGEWAY),
        ({"highway": "footway"}, Kind(0)),
        ({"highway": "steps"}, Kind.STAIRS | Kind.NO_DOOR),
        ({"highway": "steps", "ramp:wheelchair": "yes"}, Kind(0)),
        ({"highway": "path", "wheelchair": "no"}, Kind.STAIRS),
        ({"highway": "path", "incline": "8%"}, Kind(0)),
        ({"highway": "path", "incline": "-9 %"}, Kind.STAIRS),
        ({"highway": "footway", "bridge": "yes"}, Kind.NO_DOOR),
        ({"highway": "footway", "footway": "crossing"}, Kind.NO_DOOR),
    ],
)
def test_kind(tags, found):
    assert edge_kind(tags) == found


@pytest.mark.parametrize(
    ("text", "rise"),
    [
        ("8%", 0.08),
        ("-10 %", -0.1),
        ("up", 0),
        ("", 0),
        ("steep%", 0),
        ("45°", 45 / 57.3),
        ("1:8", 0.125),
        ("1:0", 0),
        ("7,5 %", 0.075),
    ],
)
def test_slope_is_counted_only_where_the_map_gives_a_number(text, rise):
    assert read_slope({"incline": text}) == rise


@pytest.mark.parametrize(
    ("tags", "closed"),
    [
        ({"barrier": "gate"}, False),
        ({"barrier": "gate", "access": "private"}, True),
        ({"barrier": "gate", "access": "private", "foot": "yes"}, False),
        ({"barrier": "gate", "locked": "yes"}, True),
        ({"barrier": "bollard", "access": "no"}, False),
        ({"barrier": "wall"}, True),
    ],
)
def test_closed_gates_end_the_way(tags, closed):
    assert is_blocking_node(tags) is closed


def test_barriers_off_the_ground_stop_nobody():
    assert is_barrier({"waterway": "river"})
    assert not is_barrier({"waterway": "river", "tunnel": "culvert"})
    assert is_barrier({"barrier": "fence"})
    assert not is_barrier({"barrier": "kerb"})


def test_crossing_is_a_way():
    assert is_crossing({"highway": "footway", "footway": "crossing"})
    assert not is_crossing({"highway": "crossing_house"})
