"""The page of a place shows what the apps offer there."""

import pytest

from tests import make, make_childcare, make_eldercare

pytestmark = pytest.mark.django_db


def offers_of(client, place) -> list[tuple[str, str, str]]:
    response = client.get(f"/en/circle/{place.code}/")
    assert response.status_code == 200
    assert all(offer.title in response.text for offer in response.context["offers"])
    return [(offer.title, offer.url, offer.note) for offer in response.context["offers"]]


def test_station_shows_its_kinds_with_their_price_and_no_other_ones(client):
    place = make.facility()
    make_eldercare.kind(facility=place, code="bathing", name_en="Bathing", price_en="40 yuan")
    make_eldercare.kind(facility=place, code="gone", is_active=False)
    make_eldercare.kind(code="elsewhere")
    assert offers_of(client, place) == [("Bathing", "/en/eldercare/bathing/", "40 yuan")]


def test_nursery_shows_its_classes_with_the_places_left(client):
    place = make.facility()
    make_childcare.nursery_class(facility=place, name_en="Sprouts", from_months=13, capacity=2)
    full = make_childcare.nursery_class(facility=place, name_en="Bees", from_months=14, capacity=1)
    make_childcare.nursery_class(name_en="Elsewhere")
    make_childcare.offered(nursery_class=full)
    url = f"/en/childcare/?nursery={place.code}"
    assert offers_of(client, place) == [
        ("Sprouts", url, "2 places left"),
        ("Bees", url, "full at the moment"),
    ]


def test_place_without_offers_has_no_heading_for_them(client):
    assert "Offered here" not in client.get(f"/en/circle/{make.facility().code}/").text


def test_hall_folds_its_items_by_theme_and_a_small_place_lists_them(client):
    hall, small = make.facility(), make.facility()
    themes = [make.category(name_en=name) for name in ("Relief", "Elders")]
    for number in range(8):
        make.item(facility=hall, category=themes[number % 2])
    make.item(facility=small, category=themes[0])
    page = client.get(f"/en/circle/{hall.code}/").text
    assert ("<summary>Relief (4)</summary>" in page, "<summary>Elders (4)</summary>" in page) == (True, True)
    assert "<summary>Relief" not in client.get(f"/en/circle/{small.code}/").text
