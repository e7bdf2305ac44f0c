"""Reading OpenStreetMap files: clipped ways are split, closed gates end a way, what is no file is refused."""

import datetime as dt

import pytest

from circle.walking.osm import UnreadableStreetsError, read_extract
from tests.make_walks import at, osm_file, street

SQUARE = {1: (0, 0), 2: (100, 0), 3: (100, 100), 4: (0, 100)}


def lines(extract):
    return [way.nodes for way in extract.ways]


def test_ways_are_read_with_the_date_of_the_newest_edit(tmp_path):
    found = read_extract(osm_file(tmp_path / "a.osm", SQUARE, [street(1, 2, 3)]))
    assert lines(found) == [[1, 2, 3]]
    assert found.points[2] == pytest.approx(at(100, 0))
    assert found.source_on == dt.date(2026, 3, 1)


def test_a_clipped_way_is_split_where_its_nodes_are_missing(tmp_path):
    found = read_extract(osm_file(tmp_path / "a.osm", SQUARE, [street(1, 2, 77, 3, 4), street(1, 4, 88)]))
    assert lines(found) == [[1, 2], [3, 4], [1, 4]]
    assert found.figures["ways_clipped"] == 2


def test_the_box_splits_like_the_edge_of_a_file(tmp_path):
    path = osm_file(tmp_path / "a.osm", SQUARE | {5: (900, 0)}, [street(1, 2, 5)])
    (west, south), (east, north) = at(-10, -10), at(110, 110)
    assert lines(read_extract(path, box=(west, south, east, north))) == [[1, 2]]


def test_a_closed_gate_ends_the_way_on_both_sides(tmp_path):
    gate = {2: {"barrier": "gate", "access": "private"}}
    found = read_extract(osm_file(tmp_path / "a.osm", SQUARE, [street(1, 2, 3), street(4, 2)], gate))
    ends = [way[-1] for way in lines(found)]
    assert len(lines(found)) == 3
    assert 2 not in ends
    assert len({node for way in lines(found) for node in way} - {1, 3, 4}) == 3  # each side has its own end
    assert found.figures["gates_closed"] == 2


def test_walls_are_read_and_private_ways_left_out(tmp_path):
    ways = [street(1, 2), street(2, 3, access="private"), ([3, 4], {"barrier": "wall"})]
    found = read_extract(osm_file(tmp_path / "a.osm", SQUARE, ways))
    assert lines(found) == [[1, 2]]
    assert found.barriers == [[pytest.approx(at(100, 100)), pytest.approx(at(0, 100))]]
    assert found.figures["ways_private"] == 1


@pytest.mark.parametrize(("tags", "walls"), [({"natural": "water"}, 2), ({"landuse": "forest"}, 0)])
def test_the_shore_of_a_lake_drawn_as_an_area_of_two_ways_is_a_barrier(tmp_path, tags, walls):
    ways = [street(1, 2), ([2, 3], {}), ([3, 4], {"source": "survey"})]
    found = read_extract(osm_file(tmp_path / "a.osm", SQUARE, ways, areas=[([2, 3, 99], tags)]))
    assert (lines(found), len(found.barriers)) == ([[1, 2]], walls)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.osm", b"<html><body>Moved</body></html>"),
        ("words.osm", b"hello"),
        ("empty.osm", b""),
        ("words.osm.pbf", b"hello world"),
        ("empty.osm.pbf", b""),
        ("table.csv", b"a,b\n1,2\n"),
        ("cut.osm", b'<osm version="0.6"><node id="1" lat="1" lon="2"/><way'),
        ("number.osm", b'<osm version="0.6"><node id="1" lat="north" lon="2"/></osm>'),
    ],
)
def test_what_is_no_openstreetmap_file_is_refused(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableStreetsError) as refusal:
        read_extract(path)
    assert refusal.value.code == "not_osm"


def test_a_truncated_file_is_refused(tmp_path, helsinki):
    path = tmp_path / "cut.osm.pbf"
    path.write_bytes(helsinki.read_bytes()[:300_000])
    with pytest.raises(UnreadableStreetsError) as refusal:
        read_extract(path)
    assert refusal.value.code == "not_osm"


def test_a_file_without_ways_on_foot_is_refused(tmp_path):
    path = osm_file(tmp_path / "a.osm", SQUARE, [([1, 2], {"highway": "motorway"})])
    with pytest.raises(UnreadableStreetsError) as refusal:
        read_extract(path)
    assert refusal.value.code == "no_way"


def test_a_box_beside_the_file_is_refused(tmp_path):
    path = osm_file(tmp_path / "a.osm", SQUARE, [street(1, 2)])
    with pytest.raises(UnreadableStreetsError) as refusal:
        read_extract(path, box=(0, 0, 1, 1))
    assert refusal.value.code == "outside_box"
