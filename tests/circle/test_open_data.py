"""Open data of the circle: what the files say, and that the package describes them truly."""

import csv
import hashlib
import json

import pytest
from django.core.management import call_command

from circle.calendar.osm_hours import read_osm_hours, write_osm_hours
from circle.coverage.open_data import MINUTES_FIELDS, PLACE_FIELDS
from circle.models import StreetNetwork
from tests import make
from tests.make_walks import adopted

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text",
    [
        "24/7",
        "Mo-Fr 09:00-12:00,13:30-17:30; PH off",
        "Mo-We,Fr 06:00-24:00; Sa-Su 22:00-02:00; PH 10:00-12:00",
    ],
)
def test_hours_are_written_as_they_are_read(text):
    found = read_osm_hours(text)
    said = write_osm_hours(found.rows, follows_workdays=found.follows_workdays)
    assert read_osm_hours(said) == found
    assert len(said) <= len(text)


def test_files_and_package(client):
    adopted()
    StreetNetwork.objects.update(attribution="© OpenStreetMap contributors")
    home = make.building(residents=100, code="b1")
    make.building(residents=9, code="b2")  # a cell too small to be published
    make.facility(code="shop", kind=make.kind(code="supermarket"), hours="8:00-20:00", east=100)
    make.facility(code="far", kind=home.community.facilities.get().kind, east=250)
    make.facility(code="hidden", is_published=False)
    call_command("compute_walking", verbosity=0)
    places = json.loads(client.get("/circle/places.geojson").content)
    assert [each["id"] for each in places["features"]] == ["far", "shop"]
    shop = places["features"][1]["properties"]
    assert shop.keys() == PLACE_FIELDS.keys()
    assert (shop["kind"], shop["opening_hours"]) == ("supermarket", "Mo-Su 08:00-20:00")
    rows = list(csv.DictReader(client.get("/circle/minutes.csv").content.decode().splitlines()))
    assert [tuple(row) for row in rows] == [tuple(MINUTES_FIELDS)]
    assert (rows[0]["building"], rows[0]["place"], rows[0]["metres"]) == ("b1", "shop", "100")
    assert float(rows[0]["minutes"]) == pytest.approx(100 / 60, abs=0.06)
    package = json.loads(client.get("/circle/datapackage.json").content)
    assert package["licenses"][0]["name"] == "ODbL-1.0"
    for row in package["resources"]:
        content = client.get("/circle/" + row["path"].rpartition("/")[2]).content
        assert row["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert row["bytes"] == len(content)
        assert all(field["description"] for field in row["schema"]["fields"])
    assert b"opendatacommons.org" in client.get("/circle/streets.geojson").content


def test_long_list_of_places_comes_by_pages_and_is_searched(client):
    shop, stop = make.kind(code="supermarket"), make.kind(code="bus_stop", name_en="Bus stop")
    for number in range(52):
        make.facility(kind=shop, code=f"s{number}", name_zh=f"超市{number}号店", east=number)
    make.facility(kind=stop, code="erlizhuang", name_zh="二里庄", east=300)

    def codes(**query):
        page = client.get("/en/circle/", query)
        listed = [*page.context["within"], *page.context["beyond"], *page.context["unreachable"]]
        return [near.facility.code for near in listed]

    assert codes() == [f"s{number}" for number in range(50)]
    assert codes(page=2) == ["s50", "s51", "erlizhuang"]
    assert codes(kind="bus_stop") == codes(q="erli zhuang") == ["erlizhuang"]
    assert codes(kind="castle", page=2) == codes(page=2)
