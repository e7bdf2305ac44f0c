"""What /circle/ shows when it is asked for another time, an open place, a way without steps."""

import datetime as dt

import pytest
import time_machine
from django.http import QueryDict

from circle.calendar.working_days import SHANGHAI
from circle.forms import CircleForm
from circle.web.display_preferences import PREFERENCES_COOKIE
from tests import make, make_walks

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 23, 10, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("query", "then"),
    [
        ("", None),
        ("hour=9", None),
        ("day=9", None),
        ("day=x&hour=3", None),
        ("day=6&hour=10", (29, 10)),
        ("day=6", (29, 10)),
        ("day=0&hour=11", (23, 11)),
        ("day=0&hour=9", (30, 9)),
        ("day=0&hour=10", (30, 10)),
    ],
)
def test_moment_is_the_coming_one(query, then):
    moment = CircleForm.from_query(QueryDict(query)).moment(MONDAY)
    if then is None:
        assert (moment.at, moment.is_chosen) == (MONDAY, False)
    else:
        day, hour = then
        assert (moment.at, moment.is_chosen) == (dt.datetime(2026, 11, day, hour, tzinfo=SHANGHAI), True)


@time_machine.travel(MONDAY, tick=False)
def test_circle_at_a_chosen_hour_and_only_what_is_open_then(client):
    daily = make.facility(hours="8:00-20:00", dimension="food")
    weekdays = make.facility(hours="8:00-20:00", days=range(5), dimension="health")
    sunday = client.get("/en/circle/?day=6&hour=10")
    assert {near.facility: near.opening_text for near in sunday.context["chosen"]} == {
        daily: "Open at that time",
        weekdays: "Closed at that time",
    }
    assert "Sun 29 Nov" in sunday.text
    narrowed = client.get("/en/circle/?day=6&hour=10&open=on").context
    assert [near.facility for near in narrowed["chosen"]] == [daily]
    assert "health" in narrowed["around"].missing


def test_dimension_keeps_the_rest_of_the_question(client, html):
    make.facility(dimension="food")
    text = html(client.get("/circle/?day=6&step_free=on"))
    assert 'href="?day=6&amp;step_free=on&amp;dimension=food#places-heading"' in text


def test_out_of_reach_is_said_in_words_and_never_as_a_number(client, html):
    home = make.building()
    lost, near = make.facility(), make.facility(step_free=True)
    make_walks.run(lost.kind)
    make_walks.way(make_walks.run(near.kind), home, near, 6000)
    client.cookies[PREFERENCES_COOKIE] = f"building={home.short_code}"
    response = client.get("/en/circle/")
    assert [row.facility for row in response.context["unreachable"]] == [lost]
    assert "more than half an hour on foot, or no way there" in html(response)
    client.cookies[PREFERENCES_COOKIE] = f"building={home.short_code}&pace=wheelchair"
    response = client.get("/en/circle/")
    assert "no way without stairs" in html(response)
    assert response.context["within"] == []


def test_no_estimate_is_left_where_streets_are_known(client):
    home, place = make.building(), make.facility()
    for page in ("/en/", "/en/circle/", f"/en/circle/{place.code}/", "/en/circle/map/"):
        assert (page, "estimate" in client.get(page).text) == (page, True)
    make_walks.way(make_walks.run(place.kind), home, place)
    client.cookies[PREFERENCES_COOKIE] = f"building={home.short_code}"
    for page in ("/en/", "/en/circle/", f"/en/circle/{place.code}/", "/en/circle/map/"):
        assert (page, "estimate" in client.get(page).text) == (page, False)


def test_circle_names_the_streets_it_counts_on(client):
    make_walks.network(
        make.here(), source="Town survey", attribution="© Town", source_on=dt.date(2026, 11, 1)
    )
    text = client.get("/en/circle/").text
    assert [words for words in ("Town survey", "© Town", "1 Nov") if words not in text] == []


def test_slower_pace_makes_minutes_grow_and_a_gap_appear(client):
    home, place = make.building(), make.facility(dimension="culture")
    make_walks.way(make_walks.run(place.kind), home, place, 9000)
    client.cookies[PREFERENCES_COOKIE] = f"building={home.short_code}"
    adult = client.get("/circle/").context["around"]
    client.get("/settings/pace/elder/")
    elder = client.get("/circle/").context["around"]
    assert (adult.places[0].minutes, elder.places[0].minutes) == (12.5, 18.75)
    assert ("culture" in adult.missing, "culture" in elder.missing) == (False, True)


def test_facility_page_tells_from_which_buildings_it_is_near(client, html):
    place, home = make.facility(), make.building(name_en="Block 9")
    assert client.get(f"/circle/{place.code}/").context["reach"] is None
    make_walks.way(make_walks.run(place.kind), home, place, 5000)
    make_walks.way(place.kind.walk_runs.get(), None, place, 100)
    make.building()
    response = client.get(f"/en/circle/{place.code}/")
    assert [(line.limit, line.planning, line.elder) for line in response.context["reach"].lines] == [
        (5, 0, 0),
        (10, 1, 0),
        (15, 1, 1),
    ]
    assert "1 of 2 buildings" in html(response)
    assert "Block 9" in response.text


@pytest.mark.parametrize("page", ["/", "/circle/", "/circle/map/", "/circle/hall/"])
def test_page_with_streets_takes_at_most_twelve_queries(client, queries_of, page):
    home, hall = make.building(), make.facility(code="hall")
    for _ in range(12):
        place = make.facility(hours="8:00-12:00 14:00-18:00")
        make_walks.way(make_walks.run(place.kind), home, place)
    make_walks.way(make_walks.run(hall.kind), home, hall)
    client.cookies[PREFERENCES_COOKIE] = f"building={home.short_code}"
    assert queries_of(page) <= 12


def test_circle_says_why_it_may_count_more_than_the_coverage_page(client):
    make.facility(dimension="food")
    page = " ".join(client.get("/en/circle/").text.split())
    assert "How complete it is for everybody counts only what every home reaches" in page
