import pytest
from django.urls import reverse

from circle.web.display_preferences import PREFERENCES_COOKIE, DisplayPreferences
from tests import make

pytestmark = pytest.mark.django_db


def shown(client, query: str = "") -> list:
    return list(client.get("/circle/building/", {"q": query} if query else {}).context["buildings"])


def test_buildings_stand_by_grid(client, queries_of):
    west, east = make.grid(code="g1", name_en="West"), make.grid(code="g2", name_en="East")
    second, first = make.building(grid=west, code="b2"), make.building(grid=west, code="b1")
    third = make.building(grid=east, code="b0")
    assert shown(client) == [first, second, third]
    few = queries_of("/circle/building/")
    for _ in range(20):
        make.building(grid=east)
    assert queries_of("/circle/building/") == few <= 6


def test_first_visitor_sees_one_community_and_a_search_finds_all(client):
    here, there = (
        make.building(name_zh="梨园1栋"),
        make.building(community=make.community(), name_zh="梨园2栋"),
    )
    assert shown(client) == [here]
    assert shown(client, "梨园") == [here, there]


@pytest.mark.parametrize("query", ["3", "3栋", "Block 3", "Quiet Lane", "静巷"])
def test_building_is_found_by_number_name_or_address(client, query):
    wanted = make.building(name_zh="3栋", name_en="Block 3", address_zh="静巷8号", address_en="8 Quiet Lane")
    make.building(name_zh="8栋", name_en="Block 8")
    assert shown(client, query) == [wanted]


def test_a_number_means_that_building_first(client):
    thirteen = make.building(name_zh="13栋", code="a")
    three = make.building(name_zh="3栋", code="b", grid=thirteen.grid)
    response = client.get("/circle/building/?q=3")
    assert list(response.context["exact"]) == [three]
    assert set(response.context["buildings"]) == {three, thirteen}


def test_nothing_found_says_whom_to_ask(client):
    community = make.building().community
    text = client.get("/en/circle/building/?q=nowhere").text
    assert community.phone in text
    assert "No building of this name" in text


def test_a_tap_chooses_the_building_and_marks_it(client, html):
    building = make.building()
    link = f"{reverse('short_link', args=[building.short_code])}?from=list"
    assert f'href="{link}"' in html(client.get("/circle/building/"))
    assert client.get(link).headers["Location"] == "/circle/"
    chosen = DisplayPreferences.read(client.cookies[PREFERENCES_COOKIE].value)
    assert (chosen.building, chosen.pace) == (
        building.short_code,
        "",
    )  # only the hallway makes one walk slowly
    assert f'href="{link}" rel="nofollow" aria-current="true"' in html(client.get("/circle/building/"))


def test_poster_of_a_building_leads_back_to_it(client):
    building = make.building()
    make.facility(dimension="food", name_en="Canteen", hours="8:00-20:00")
    response = client.get(f"/en/circle/building/{building.short_code}/poster/")
    assert f"/en/q/{building.short_code}" in response.context["url"]
    assert "Canteen" in response.text
    assert PREFERENCES_COOKIE not in response.cookies
    assert client.get("/circle/building/NONE22/poster/").status_code == 404


@pytest.mark.parametrize("word", ["adult", "elder", "pram", "wheelchair"])
def test_pace_is_one_tap_away_and_leads_back(client, word):
    make.here()
    response = client.get(f"/settings/pace/{word}/?next=/circle/%3Fday=6")
    assert response.headers["Location"] == "/circle/?day=6"
    assert DisplayPreferences.read(client.cookies[PREFERENCES_COOKIE].value) == DisplayPreferences(pace=word)


def test_pace_leaves_the_rest_of_the_look_alone_and_knows_no_other_word(client):
    make.here()
    client.cookies[PREFERENCES_COOKIE] = "size=elder&building=ABC234"
    client.get("/settings/pace/pram/")
    assert DisplayPreferences.read(client.cookies[PREFERENCES_COOKIE].value) == DisplayPreferences(
        size="elder", building="ABC234", pace="pram"
    )
    assert client.get("/settings/pace/flying/").status_code == 404
    assert client.get("/settings/pace/pram/?next=//evil.invalid/").headers["Location"] == "/"


def test_buildings_stand_as_people_count(client):
    here = make.here()
    named = {code: make.building(community=here, code=code, name_zh=f"{code}栋") for code in ("10", "2", "1")}
    page = client.get("/settings/").text
    assert page.index(named["1"].short_code) < page.index(named["2"].short_code)
    assert page.index(named["2"].short_code) < page.index(named["10"].short_code)
