import datetime as dt
import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from circle.importing.streets import read_network
from circle.walking.doors import DoorFinder
from circle.walking.drawing import network_geojson
from circle.walking.graph import Graph
from circle.walking.minutes import straight_line
from circle.walking.within import cut_stretch, merge_spans, streets_within
from circle.web.display_preferences import PREFERENCES_COOKIE
from tests import make, make_walks

pytestmark = pytest.mark.django_db
DEMO = Path(__file__).resolve().parents[2] / "circle/data/demo_streets.osm"
TILES = "https://t{s}.tiles.example.org/{z}/{x}/{y}.png"


@pytest.fixture(scope="module")
def network():
    return read_network(DEMO)


def lines(network) -> dict[str, list]:
    features = network_geojson(network)["features"]
    return {feature["properties"]["kind"]: feature["geometry"]["coordinates"] for feature in features}


def test_picture_holds_every_edge_once(network):
    drawn = lines(network)
    steps = sum(len(line) - 1 for kind in ("street", "stairs") for line in drawn[kind])
    assert steps == sum(len(network.line(edge)) - 1 for edge in range(network.edges))
    assert all(drawn.values())


def test_picture_stays_inside_the_network_and_is_small(network):
    west, south, east, north = network.bounds()
    points = [point for kind in ("street", "stairs") for line in lines(network)[kind] for point in line]
    assert min(x for x, _ in points) >= west - 1e-5
    assert max(x for x, _ in points) <= east + 1e-5
    assert min(y for _, y in points) >= south - 1e-5
    assert max(y for _, y in points) <= north + 1e-5
    assert len(json.dumps(network_geojson(network), separators=(",", ":"))) < 80 * 1024


def test_streets_answer_with_an_etag_and_nothing_twice(client, network, django_assert_max_num_queries):
    make_walks.network(make.here(), content=network.to_bytes(), sha256="a" * 64)
    answer = client.get("/circle/streets.geojson")
    assert answer["Content-Type"] == "application/geo+json"
    assert [feature["properties"]["kind"] for feature in answer.json()["features"]] == [
        "wall",
        "street",
        "stairs",
    ]
    with django_assert_max_num_queries(2):
        again = client.get("/circle/streets.geojson", headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_no_streets_no_picture(client):
    make.here()
    assert client.get("/circle/streets.geojson").status_code == 404
    assert "data-streets" not in client.get("/circle/map/").text


def test_map_has_a_row_for_every_place_with_its_point(client, html):
    make.facility(dimension="food", east=100, code="canteen")
    far = make.facility(code="far", north=2500)
    make.closure(facility=far, starts_on=dt.date(2026, 1, 1), ends_on=None)
    rows = re.findall(r"<tr id=.*?>", html(client.get("/en/circle/map/")))
    assert rows == [
        '<tr id="place-canteen" data-place="106.627506,26.647000" data-within>',
        '<tr id="place-far" data-place="106.626500,26.669483" data-shut>',
    ]


def test_map_asks_like_the_circle(client):
    make.facility(hours="8:00-9:00", dimension="food")
    response = client.get("/circle/map/?day=6&hour=22&open=on")
    assert response.context["around"].places == []
    assert 'href="/circle/?day=6&amp;hour=22&amp;open=on"' in response.text


@pytest.mark.parametrize("page", ["/circle/map/", "/circle/", "/"])
def test_tiles_are_allowed_on_the_map_only_and_named(client, settings, page):
    make.here()
    plain = client.get(page)["Content-Security-Policy"]
    settings.MAP_TILE_URL = TILES
    settings.MAP_TILE_ATTRIBUTION, settings.MAP_APPROVAL_NUMBER = "Town survey", "GS(2026)0001"
    response = client.get(page)
    is_map = page == "/circle/map/"
    allowed = {"img-src 'self' data: https://*.tiles.example.org"} if is_map else set()
    assert set(response["Content-Security-Policy"].split("; ")) - set(plain.split("; ")) == allowed
    shown = [words in response.text for words in ("Town survey", "GS(2026)0001")]
    assert shown == [is_map, is_map]


# The streets within a quarter of an hour --------------------------------------------------------------------


def metres(drawn: list) -> float:
    return sum(straight_line(a, b) for line in drawn for a, b in pairwise(line))


def around_gate(network, minutes: int, pace: str, *, step_free: bool = False) -> list:
    door = DoorFinder(network).door(make.GATE)
    return streets_within(Graph.of(network, step_free=step_free), door, minutes, pace)


def test_slower_is_less_street_and_no_time_is_none(network):
    lengths = [
        metres(around_gate(network, 15, pace)) for pace in ("adult", "planning", "elder", "wheelchair")
    ]
    assert lengths == sorted(lengths, reverse=True)
    assert len(set(lengths)) == 4
    assert around_gate(network, 0, "adult") == []
    assert metres(around_gate(network, 15, "elder", step_free=True)) < lengths[2]


def test_no_stretch_lies_farther_than_one_can_walk(network):
    for minutes in (1, 5, 15):
        farthest = max(
            straight_line(make.GATE, point)
            for line in around_gate(network, minutes, "elder")
            for point in line
        )
        assert farthest <= minutes * 60 * 0.8 + 1
    assert farthest > 500


def test_a_street_is_cut_where_the_time_ends():
    street = [(0.0, 0.0), (0.001, 0.0), (0.003, 0.0)]
    assert cut_stretch(street, 0, 1) == street
    assert cut_stretch(street, 0.5, 1) == [(pytest.approx(0.0015), 0.0), (0.003, 0.0)]
    assert merge_spans([(-5, 30), (20, 40), (90, 120), (60, 50)], 100) == [(0, 40), (90, 100)]


def test_reach_follows_the_building_the_pace_and_the_stairs(client, network):
    make_walks.network(make.here(), content=network.to_bytes(), sha256="b" * 64)
    answers = [client.get("/circle/reach.geojson")]
    for cookie in ("pace=elder", f"pace=elder&building={make.building(north=250).short_code}"):
        client.cookies[PREFERENCES_COOKIE] = cookie
        answers.append(client.get("/circle/reach.geojson"))
    answers.append(client.get("/circle/reach.geojson?step_free=on"))
    assert {answer["Content-Type"] for answer in answers} == {"application/geo+json"}
    assert len({answer.content for answer in answers}) == 4
    client.cookies[PREFERENCES_COOKIE] = f"building={make.building(north=90_000).short_code}"
    assert client.get("/circle/reach.geojson").status_code == 404


def test_reach_without_streets_is_not_there(client):
    make.here()
    assert client.get("/circle/reach.geojson").status_code == 404
