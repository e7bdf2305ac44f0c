"""What staff edit asks for the ways that it changes, and a point in the wrong datum draws a warning."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from circle.models import Building, WalkRun
from circle.proximity.compute import compute_waiting
from circle.walking.datum import from_wgs84
from tests import make
from tests.make_walks import adopted, at


@pytest.fixture
def home(db):
    return make.building(east=100, north=20)


@pytest.fixture
def place(home):
    """Beside a street; its ways are computed."""
    found = make.facility(east=200, north=20)
    make.facility(east=50)
    adopted()
    list(compute_waiting(make.here(), timezone.now()))
    return found


def url(row):
    return reverse(f"admin:circle_{row._meta.model_name}_change", args=[row.pk])


def warnings(response):
    return [message.extra_tags for message in get_messages(response.wsgi_request) if message.extra_tags]


def queued():
    return set(WalkRun.objects.filter(state="queued").values_list("kind", flat=True))


def degrees(point):
    return {"longitude": f"{point[0]:.6f}", "latitude": f"{point[1]:.6f}"}


def building_sent(building, **values):
    names = ("code", "name_zh", "name_en", "entrances", "households", "residents", "elders_60", "elders_80")
    sent = {name: getattr(building, name) for name in names}
    sent |= {"community": building.community_id, "grid": building.grid_id, "datum_entered": "wgs84"}
    return sent | degrees(building.point) | values


def test_a_moved_facility_asks_for_its_kind(director_client, facility_post, place):
    sent = facility_post(place, name_zh="新名字", **degrees(place.point))
    assert director_client.post(url(place), sent).status_code == 302
    assert queued() == set()
    sent = facility_post(place, **degrees(at(300, 0)))
    assert director_client.post(url(place), sent).status_code == 302
    assert queued() == {place.kind_id}


def test_a_facility_of_another_kind_asks_for_both(director_client, facility_post, place):
    other = make.facility().kind
    make.facility(kind=place.kind)
    director_client.post(url(place), facility_post(place, kind=other.pk))
    assert queued() == {place.kind_id, other.pk}


def test_a_moved_building_asks_for_all_kinds(director_client, home, place):
    director_client.post(url(home), building_sent(home))
    assert queued() == set()
    assert director_client.post(url(home), building_sent(home, **degrees(at(0, 50)))).status_code == 302
    assert len(queued()) == 2


def test_an_estates_path_is_typed_as_read_from_the_same_map(director_client, home, place):
    path = [at(100, 15), at(100, 5)]
    typed = "\n".join(f"{east:.6f}，{north:.6f}" for east, north in (from_wgs84(p, "gcj02") for p in path))
    shifted = degrees(from_wgs84(at(100, 20), "gcj02"))
    sent = building_sent(home, own_path=typed, datum_entered="gcj02", **shifted)
    assert director_client.post(url(home), sent).status_code == 302
    kept = Building.objects.get(pk=home.pk)
    assert kept.own_path == [pytest.approx(point, abs=2e-6) for point in path]
    assert len(queued()) == 2
    shown = director_client.get(url(home)).context["adminform"].form.initial["own_path"]
    assert shown == typed.replace("，", ", ")


@pytest.mark.parametrize(
    ("text", "code"),
    [("106.6, 26.6, 5", "not_a_path"), ("by the gate", "not_a_path"), ("26.6, 106.6", "outside_china")],
)
def test_a_path_that_is_none_is_refused(director_client, home, text, code):
    response = director_client.post(url(home), building_sent(home, own_path=text))
    assert response.context["adminform"].form.has_error("__all__", code)


def test_a_point_in_the_wrong_datum_draws_a_warning(director_client, facility_post, place):
    shifted = from_wgs84(at(200, 20), "gcj02")
    response = director_client.post(url(place), facility_post(place, **degrees(shifted)))
    assert [tag for tag in warnings(response) if "wrong_datum" in tag] == ["wrong_datum"]
    director_client.get(url(place))  # shows the warning, and so is rid of it
    right = facility_post(place, datum_entered="gcj02", **degrees(shifted))
    assert "wrong_datum" not in warnings(director_client.post(url(place), right))


def test_a_point_beside_a_street_draws_none(director_client, facility_post, place):
    response = director_client.post(url(place), facility_post(place, **degrees(at(0, 90))))
    assert "wrong_datum" not in warnings(response)


def test_a_moved_gate_asks_for_all_kinds(director_client, place):
    community = make.here()
    sent = {
        name: getattr(community, name)
        for name in ("slug", "name_zh", "name_en", "gate_zh", "gate_en", "phone")
    }
    sent |= {"datum_entered": "wgs84"} | degrees(at(30, 0))
    assert director_client.post(url(community), sent).status_code == 302
    assert len(queued()) == 2
