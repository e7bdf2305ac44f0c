import random
from decimal import Decimal

import pytest
from django.urls import reverse

from circle.models import Building, Community, Facility
from circle.walking.datum import (
    bd09_to_gcj02,
    gcj02_to_bd09,
    gcj02_to_wgs84,
    to_wgs84,
    wgs84_to_gcj02,
)
from circle.walking.minutes import straight_line
from tests import make

# The gate as the three kinds of map show it.
GCJ02_GATE = wgs84_to_gcj02(make.GATE)
BD09_GATE = gcj02_to_bd09(GCJ02_GATE)
MICRODEGREE = Decimal("0.000001")  # the last place stored, some 10 cm


def places_in_china(number: int) -> list[tuple[float, float]]:
    chance = random.Random(15)
    return [(chance.uniform(73.6, 134.7), chance.uniform(18.2, 53.5)) for _ in range(number)]


def typed(point: tuple[float, float]) -> dict[str, str]:
    return {"longitude": f"{point[0]:.6f}", "latitude": f"{point[1]:.6f}"}


def add_url() -> str:
    return reverse("admin:circle_facility_add")


def change_url(place: Facility) -> str:
    return reverse("admin:circle_facility_change", args=[place.pk])


def assert_at_the_gate(place) -> None:
    assert abs(place.longitude - Decimal("106.6265")) <= MICRODEGREE
    assert abs(place.latitude - Decimal("26.647")) <= MICRODEGREE


def test_gcj02_is_540_metres_off_at_the_gate():
    assert straight_line(make.GATE, GCJ02_GATE) == pytest.approx(540.5, abs=0.5)


def test_bd09_is_1033_metres_off_at_the_gate():
    assert straight_line(make.GATE, BD09_GATE) == pytest.approx(1032.7, abs=0.5)


def test_datum_inverse_is_within_ten_centimetres_all_over_china():
    for point in places_in_china(1000):
        gcj02 = wgs84_to_gcj02(point)
        assert straight_line(point, gcj02_to_wgs84(gcj02)) <= 0.1
        assert straight_line(gcj02, bd09_to_gcj02(gcj02_to_bd09(gcj02))) <= 0.1
        assert straight_line(point, to_wgs84(gcj02_to_bd09(gcj02), "bd09")) <= 0.1


def test_datum_shift_is_hundreds_of_metres_all_over_china():
    shifts = [straight_line(point, wgs84_to_gcj02(point)) for point in places_in_china(100)]
    assert 50 < min(shifts) < max(shifts) < 1000


def test_wgs84_stays_as_it_is():
    assert to_wgs84(make.GATE, "wgs84") == make.GATE


def test_unknown_datum_is_refused():
    with pytest.raises(KeyError):
        to_wgs84(make.GATE, "beijing54")


@pytest.mark.parametrize(
    ("datum", "point"), [("wgs84", make.GATE), ("gcj02", GCJ02_GATE), ("bd09", BD09_GATE)]
)
def test_admin_stores_wgs84_whatever_was_typed(director_client, facility_post, datum, point):
    sent = facility_post(datum_entered=datum, **typed(point))
    assert director_client.post(add_url(), sent).status_code == 302
    place = Facility.objects.get()
    assert_at_the_gate(place)
    assert (place.datum_entered, f"{place.longitude_entered}") == (datum, sent["longitude"])


def test_admin_shows_what_was_typed(director_client, facility_post):
    director_client.post(add_url(), facility_post(datum_entered="gcj02", **typed(GCJ02_GATE)))
    form = director_client.get(change_url(Facility.objects.get())).context["adminform"].form
    shown = {name: f"{form[name].value()}" for name in ("datum_entered", "longitude", "latitude")}
    assert shown == {"datum_entered": "gcj02", **typed(GCJ02_GATE)}


def test_admin_saving_twice_does_not_drift(director_client, facility_post):
    director_client.post(add_url(), facility_post(datum_entered="bd09", **typed(BD09_GATE)))
    place = Facility.objects.get()
    before = (place.longitude, place.latitude, place.longitude_entered, place.latitude_entered)
    for _ in range(2):
        form = director_client.get(change_url(place)).context["adminform"].form
        sent = {name: form[name].value() for name in ("datum_entered", "longitude", "latitude")}
        assert director_client.post(change_url(place), facility_post(place, **sent)).status_code == 302
    place.refresh_from_db()
    assert (place.longitude, place.latitude, place.longitude_entered, place.latitude_entered) == before


def test_admin_keeps_the_typed_point_when_another_field_is_wrong(director_client, facility_post):
    sent = facility_post(datum_entered="gcj02", name_zh="", **typed(GCJ02_GATE))
    form = director_client.post(add_url(), sent).context["adminform"].form
    assert (form["longitude"].value(), list(form.errors)) == (sent["longitude"], ["name_zh"])


@pytest.mark.parametrize(
    ("longitude", "latitude"),
    [("26.647", "106.6265"), ("26.647", "84"), ("0", "0"), ("-106.6265", "26.647"), ("106.6265", "-26.647")],
)
def test_point_outside_china_is_refused(director_client, facility_post, longitude, latitude):
    sent = facility_post(longitude=longitude, latitude=latitude)
    form = director_client.post(add_url(), sent).context["adminform"].form
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    assert codes - {"max_value"} == {"outside_china"}  # a latitude of 106 degrees is none on any map


def test_admin_shows_that_a_point_lies_outside_china(director_client, facility_post):
    place = make.facility()
    sent = facility_post(place, longitude="26.647", latitude="53")
    response = director_client.post(f"/en{change_url(place)}", sent)
    assert "This point lies outside China. Are longitude and latitude swapped?" in response.text
    place.refresh_from_db()
    assert_at_the_gate(place)


def test_admin_places_a_building_typed_in_gcj02(director_client):
    grid = make.grid()
    sent = {
        "community": grid.community.pk,
        "grid": grid.pk,
        "code": "7",
        "name_zh": "7栋",
        "name_en": "Building 7",
    }
    sent |= {"entrances": 1, "households": 0, "residents": 0, "elders_60": 0, "elders_80": 0}
    sent |= {"datum_entered": "gcj02", **typed(GCJ02_GATE)}
    assert director_client.post(reverse("admin:circle_building_add"), sent).status_code == 302
    assert_at_the_gate(Building.objects.get())


def test_admin_places_a_community_typed_in_bd09(director_client):
    sent = {
        "slug": "new",
        "name_zh": "新社区",
        "name_en": "New",
        "phone": make.PHONE,
        "gate_zh": "大门",
        "gate_en": "gate",
    }
    sent |= {"datum_entered": "bd09", **typed(BD09_GATE)}
    assert director_client.post(reverse("admin:circle_community_add"), sent).status_code == 302
    assert_at_the_gate(Community.objects.get(slug="new"))
