"""What if: one place more or moved, the best sites, and what is kept under a code."""

import re

import pytest
import time_machine
from django.core.exceptions import ValidationError

from circle.actions import SCENARIOS_PER_DAY, save_scenario
from circle.coverage.figures import Figures
from circle.coverage.whatif import PROPOSED, Sandbox
from circle.models import Record, Scenario
from circle.walking.datum import wgs84_to_gcj02
from tests import make, make_coverage

pytestmark = pytest.mark.django_db
PAGE = "/circle/what-if/"
LONG = {"hours": "0:00-0:00", "days": range(8)}
NEAR = 600  # metres as the crow flies: 780 by the estimate, 13 minutes


@pytest.fixture
def now():
    with time_machine.travel(make.MORNING, tick=False):
        yield


@pytest.fixture
def street():
    """Four homes in a row, 400 m apart by the crow; a clinic beside the first."""
    homes = [
        make.building(
            east=400 * n, residents=100 + n, elders_60=20, name_zh=f"{n}栋", name_en=f"Building {n}"
        )
        for n in range(4)
    ]
    clinic = make.facility(kind=make.kind("health", code="clinic", name_en="Clinic"), code="clinic", **LONG)
    make.norm(kind=clinic.kind)
    return homes, clinic


def sandbox(pace="planning"):
    return Sandbox.set_up(make.here(), stamp="workday", pace=pace, at=make.MORNING)


def point(east):
    return tuple(float(make.point(east)[name]) for name in ("longitude", "latitude"))


# Trying out -------------------------------------------------------------------------------------------------


def test_a_new_place_brings_in_the_homes_that_were_too_far(street):
    homes, clinic = street
    trial = sandbox().try_out(clinic.kind, point(1200))
    assert trial.won_homes == [homes[2].pk, homes[3].pk]
    assert (trial.won, trial.lost) == ((2, 205, 40), (0, 0, 0))
    figures = {each.name: (each.before, each.after) for each in trial.figures()}
    assert figures["kind_residents_15"] == (201 / 406, 1.0)
    assert figures["required"] == figures["mean"] == figures["lowest"] == (201 / 406, 1.0)
    assert figures["full_residents"] == (201 / 406, 1.0)
    assert figures["home_minutes"][0] > figures["home_minutes"][1]


def test_an_elders_pace_opens_a_gap_that_a_new_place_closes(street):
    homes, clinic = street
    between = make.building(east=NEAR, residents=50)
    assert sandbox().try_out(clinic.kind, point(NEAR)).won_homes == [homes[2].pk, homes[3].pk]
    slow = sandbox("elder").try_out(clinic.kind, point(NEAR))
    assert slow.won_homes == [homes[2].pk, between.pk]


def test_a_move_is_a_removal_and_an_addition(street):
    homes, clinic = street
    trial = sandbox().try_out(clinic.kind, point(1600), moved=clinic)
    assert (trial.won_homes, trial.lost_homes) == ([homes[3].pk], [homes[0].pk, homes[1].pk])
    assert trial.loses_more
    better = sandbox().try_out(clinic.kind, point(600), moved=clinic)
    assert (better.lost_homes, better.loses_more) == ([], False)


def test_only_a_place_of_the_same_kind_can_move_there(street):
    with pytest.raises(ValidationError) as refusal:
        sandbox().try_out(make.kind(), point(0), moved=street[1])
    assert refusal.value.code == "other_kind"


def test_a_closed_place_stays_closed_and_the_new_one_is_open():
    home = make.building()
    shop = make.facility(hours="19:00-20:00")
    trial = sandbox().try_out(shop.kind, point(0))
    assert trial.won_homes == [home.pk]


def test_far_away_and_nowhere_are_refused(street):
    kind = street[1].kind
    with pytest.raises(ValidationError) as refusal:
        sandbox().try_out(kind, point(3100))
    assert refusal.value.code == "too_far"


def test_a_community_without_homes_has_nothing_to_try():
    with pytest.raises(ValidationError) as refusal:
        sandbox()
    assert refusal.value.code == "no_homes"


def test_only_what_the_kind_touches_is_worked_out_anew(street):
    """The short cut gives the figures that all ways together give."""
    _homes, clinic = street
    make.facility(east=900, kind=clinic.kind, code="second", **LONG)
    make.facility(east=700, kind=make.kind("health", code="pharmacy"), **LONG)
    stage = sandbox("elder")
    trial = stage.try_out(clinic.kind, point(300), moved=clinic)
    there = {place.key for place in stage.open_places} - {clinic.pk} | {PROPOSED}
    places = [place for place in trial.after.ground.places if place.key in there]
    whole = Figures.of(trial.after.ground, places, "elder")
    assert (trial.after.reaches, trial.after.by_dimension) == (whole.reaches, whole.by_dimension)


def test_best_sites_bring_in_most_people_each(street):
    _homes, clinic = street
    far, middle = make_coverage.site(east=1500, code="far"), make_coverage.site(east=900, code="middle")
    here = make_coverage.site(code="here")
    picks = sandbox().best_sites(clinic.kind, [far, middle, here], 3)
    assert [(pick.site, pick.gain) for pick in picks] == [("middle", 205)]


# Saving -----------------------------------------------------------------------------------------------------


def test_saving_keeps_the_figures_under_a_code(street):
    kept = make_coverage.scenario(kind=street[1].kind, point=point(1200))
    assert (len(kept.code), kept.figures["won"], kept.figures["won_homes"]) == (8, [205, 40], 2)
    assert kept.figures["is_estimate"]
    [step] = Record.objects.about(kept)
    assert (step.verb, step.details) == ("scenario_saved", {"kind": "clinic"})


def test_saving_the_same_again_gives_the_first(street):
    login = make.resident_login()
    first = make_coverage.scenario(kind=street[1].kind, by=login)
    assert make_coverage.scenario(kind=street[1].kind, by=login) == first
    assert make_coverage.scenario(kind=street[1].kind, by=login, pace="elder") != first
    assert make_coverage.scenario(kind=street[1].kind) != first


def test_so_many_scenarios_can_be_saved_on_one_day(street):
    login, kind = make.resident_login(), street[1].kind
    first = make_coverage.scenario(kind=kind, by=login)
    columns = ("community", "kind", "stamp", "pace", "saved_at", "saved_by")
    Scenario.objects.bulk_create(
        Scenario(
            **{name: getattr(first, name) for name in columns},
            longitude=106,
            latitude=n,
        )
        for n in range(1, SCENARIOS_PER_DAY)
    )
    with pytest.raises(ValidationError) as refusal:
        make_coverage.scenario(kind=kind, by=login, pace="elder")
    assert refusal.value.code == "too_many_scenarios"
    assert make_coverage.scenario(kind=kind, by=login, at=make.moment(1, 8), pace="elder")


def test_a_handful_of_people_is_not_kept(street):
    make.building(east=2400, residents=4)
    kept = make_coverage.scenario(kind=street[1].kind, point=point(2400))
    assert (kept.figures["won"], kept.figures["won_homes"]) == ([None, 0], 1)


# Pages ------------------------------------------------------------------------------------------------------


def asked(**values) -> str:
    said = {"kind": "clinic", "place": "point", "longitude": point(1200)[0], "latitude": point(1200)[1]}
    said |= {"when": "workday", "pace": "planning"} | values
    return "?" + "&".join(f"{name}={value}" for name, value in said.items())


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_anybody_may_try(now, street, client, html, prefix):
    page = html(client.get(prefix + PAGE + asked()))
    assert ("2栋 · 3栋" if not prefix else "Building 2 · Building 3") in page
    assert ("登录后保存" if not prefix else "Sign in to save it") in page


def test_a_link_may_propose_a_kind(street, client):
    page = client.get(f"{PAGE}?kind=clinic&pace=elder").text
    assert re.findall(r'value="(\w+)"\s+selected', page) == ["clinic", "wgs84", "workday", "elder"]


def test_a_candidate_site_and_a_building_can_be_chosen(now, street, client):
    site = make_coverage.site(east=1200, name_en="Old mill")
    for place in (f"site:{site.code}", f"home:{street[0][3].short_code}"):
        assert "Building 2 · Building 3" in client.get(f"/en{PAGE}{asked(place=place)}").text


def test_a_point_may_come_from_another_map(now, street, client):
    longitude, latitude = wgs84_to_gcj02(point(1200))
    page = client.get(f"/en{PAGE}{asked(longitude=longitude, latitude=latitude, datum='gcj02')}")
    assert "Building 2 · Building 3" in page.text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"kind": "moon"}, "Choose a kind of place."),
        ({"place": ""}, "Choose where it would stand."),
        ({"place": "site:gone"}, "Choose where it would stand."),
        ({"longitude": ""}, "Enter longitude and latitude."),
        ({"longitude": "26.6", "latitude": "106.6"}, "Are longitude and latitude swapped?"),
        ({"longitude": "nan"}, "Enter a number."),
        ({"longitude": "107.5"}, "more than 3 km"),
        ({"when": "never"}, "Select a valid choice."),
        ({"moved": "school"}, "The place that moves is of another kind."),
        ({"longitude": "1" * 400}, "Enter a number."),
    ],
)
def test_bad_input_is_refused_in_words_and_kept(now, street, client, wrong, sentence):
    make.facility(code="school", **LONG)
    page = client.get(f"/en{PAGE}{asked(**wrong)}")
    assert (page.status_code, sentence in page.text) == (422, True)
    if "kind" not in wrong:
        assert '<option value="clinic" selected>' in re.sub(r"\s+", " ", page.text)


def test_too_many_tries_are_slowed_down(now, street, client, monkeypatch):
    monkeypatch.setattr("circle.views.what_if.TRIES_A_MINUTE", 2)
    assert [client.get(PAGE + asked()).status_code for _ in range(3)] == [200, 200, 429]
    assert client.get(PAGE).status_code == 200


def test_a_printed_answer_says_when_at_what_pace_and_what_moves(now, street, client, html):
    page = html(client.get(f"/en{PAGE}{asked(moved='clinic')}"))
    assert "a working day, 9 am, at planning pace (1 m a second)<br>" in page
    assert f"{street[1].name_en} moves there." in page


def test_best_sites_are_listed_with_a_link_to_each(now, street, client, html):
    make_coverage.site(east=1000, code="mill", name_en="Old mill")
    page = html(client.get(f"/en{PAGE}?kind=clinic&find=2&when=workday&pace=planning"))
    assert "Old mill" in page
    assert "place=site:mill" in page
    none = client.get(f"/en{PAGE}?kind=clinic&find=1&when=workday&pace=planning&place=")
    assert none.status_code == 200


def test_no_site_that_helps_is_said_so(now, street, client):
    assert "No candidate site" in client.get(f"/en{PAGE}?kind=clinic&find=1&when=workday&pace=planning").text


def test_a_signed_in_resident_saves_and_reads_it_again(now, street, client, html):
    client.force_login(make.resident_login())
    said = dict(pair.split("=") for pair in asked()[1:].split("&"))
    answer = client.post(f"/en{PAGE}save/", said)
    kept = Scenario.objects.get()
    assert answer.url == f"/en{PAGE}{kept.code}/"
    page = html(client.get(answer.url))
    assert kept.code in page
    assert f"scenario={kept.code}" in page
    assert client.get(f"{PAGE}NOSUCH22/").status_code == 404


def test_saving_asks_for_a_login_and_takes_no_figures_from_the_form(now, street, client):
    assert client.post(f"{PAGE}save/", {"kind": "clinic"}).url.startswith("/sign-in/")
    assert client.get(f"{PAGE}save/").status_code == 405
    client.force_login(make.resident_login())
    assert client.post(f"{PAGE}save/", {"kind": "clinic"}).status_code == 422
    assert Scenario.objects.count() == 0


def test_a_scenario_of_another_community_is_not_found(street, client):
    kept = make_coverage.scenario(community=make.community(), kind=street[1].kind)
    assert client.get(kept.get_absolute_url()).status_code == 404


def test_trying_takes_the_same_queries_for_any_number_of_places(now, street, client, queries_of):
    before = queries_of(PAGE + asked())
    for east in range(0, 600, 100):
        make.building(east=east)
        make.facility(east=east, **LONG)
        make_coverage.site(east=east)
    assert queries_of(PAGE + asked()) == before <= 29  # eleven of them count the tries


def test_a_moved_place_can_be_saved_and_tried_again(now, street, client):
    kept = make_coverage.scenario(kind=street[1].kind, moved=street[1], point=point(1600))
    page = client.get(f"/en{kept.get_absolute_url()}").text
    assert "takes the service from more people" in page
    assert "moved=clinic" in page


def test_saving_needs_valid_streets(street):
    with pytest.raises(ValidationError) as refusal:
        save_scenario(
            community=make.here(),
            kind=street[1].kind,
            point=point(5000),
            stamp="workday",
            pace="elder",
            at=make.MORNING,
            by=make.resident_login(),
        )
    assert refusal.value.code == "too_far"
    assert not Scenario.objects.exists()
