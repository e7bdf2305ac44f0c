"""/circle/coverage/ and its tables: for residents one sentence, for planners the figures."""

import csv
import re

import pytest

from circle.actions import recompute_coverage
from circle.coverage.tables import percent_text
from circle.models import CoverageHome, Dimension, Norm
from tests import make

pytestmark = pytest.mark.django_db
PAGE = "/circle/coverage/"
ALWAYS = {"hours": "0:00-0:00", "days": range(8)}


@pytest.fixture
def circle():
    """Two homes; every dimension but sport near both, food near one only; sport required by a norm."""
    make.building(residents=100, elders_60=30, code="b1", name_zh="1栋", name_en="Building 1")
    make.building(residents=60, elders_60=20, east=900, code="b2", name_zh="2栋", name_en="Building 2")
    for dimension in Dimension.ten():
        if dimension not in ("sport", "food"):
            make.facility(dimension=dimension, hours="0:00-0:00", days=range(8), east=450)
    make.facility(dimension="food", hours="0:00-0:00", days=range(8), east=-400)
    make.norm(kind=make.kind("sport"), name_zh="球场", name_en="Ball court", radius_m=500, clause="附录C")


@pytest.fixture
def counted(circle):
    recompute_coverage(community=make.here(), at=make.MORNING)


def confirm_all():
    for norm in Norm.objects.all():
        make.inventory(kind=norm.kind)


def test_residents_read_one_sentence(counted, client, html):
    confirm_all()
    page = html(client.get(PAGE))
    assert "十样有八样，家家走15分钟都能到。缺一样：体育。一样不是家家都够得着：饮食。" in page
    said = html(client.get(f"/en{PAGE}?pace=elder"))
    assert "Missing: sport." in said
    assert "slow walk of every home" in said


def test_without_a_complete_inventory_nothing_is_called_missing(counted, client):
    page = client.get(f"/en{PAGE}").text
    assert "Not known, as not all places are entered yet: sport." in page
    assert ("Missing:" in page, "lower bounds" in page) == (False, True)
    assert "1 norm that nobody can judge yet" in page
    confirm_all()
    page = client.get(f"/en{PAGE}").text
    assert ("Missing: sport." in page, "lower bounds" in page) == (True, False)
    assert "nobody can judge" not in page


def test_gaps_show_clause_badge_minutes_and_metres(counted, client, html):
    confirm_all()
    page = html(client.get(f"/en{PAGE}"))
    assert "Ball court" in page
    assert "附录C" in page
    assert '<span class="badge warn">unverified</span>' in page
    assert "none within reach" in page
    assert "500 m" in page


def test_before_the_first_computation_the_page_says_so(circle, client):
    page = client.get(f"/en{PAGE}")
    assert (page.status_code, "not worked out yet" in page.text) == (200, True)
    assert client.get(f"{PAGE}gaps.csv").status_code == 404


def test_an_address_that_names_nothing_known_shows_the_usual(counted, client):
    page = client.get(f"{PAGE}?when=never&pace=flying&plan=moon")
    assert page.status_code == 200
    assert "工作日上午9点" in page.text


def test_elder_mode_is_shown_at_an_elders_pace(counted, client):
    client.cookies["look"] = "size=elder"
    assert re.findall(r'value="(\w+)"\s+selected', client.get(PAGE).text) == ["workday", "elder"]


@pytest.mark.parametrize(
    ("count", "sign", "words"),
    [
        (10, "near", "all ten"),
        (9, "midway", "eight or nine"),
        (7, "far", "six or seven"),
        (5, "beyond", "fewer"),
    ],
)
def test_the_plan_shows_how_many_of_the_ten_each_home_has(counted, client, count, sign, words):
    """And the last one beyond fifteen minutes is not counted."""
    minutes = dict.fromkeys(Dimension.ten()[:count], 15.0) | dict.fromkeys(Dimension.ten()[count:], 15.01)
    CoverageHome.objects.update(minutes=minutes)
    page = client.get(f"/en{PAGE}").text
    assert set(re.findall(r'<g class="plan-(\w+)"', page)) == {sign}
    assert set(re.findall(r'class="plan-label" text-anchor="middle" y="-9">\s*(\d+)', page)) == {str(count)}
    assert words in page


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize("query", ["", "?when=sunday&pace=elder&plan=food", "?when=festival&plan=sport"])
def test_the_page_takes_few_queries_for_any_number_of_rows(counted, client, queries_of, prefix, query):
    before = queries_of(f"{prefix}{PAGE}{query}")
    for east in range(0, 600, 100):
        make.building(east=east)
        make.norm(kind=make.facility(dimension="food", hours="8:00-18:00", east=east).kind, is_required=False)
    recompute_coverage(community=make.here(), at=make.MORNING)
    assert queries_of(f"{prefix}{PAGE}{query}") == before <= 12


@pytest.mark.parametrize("table", ["figures", "dimensions", "kinds", "gaps", "homes"])
def test_each_table_is_there_as_csv_and_json_alike(counted, client, table):
    rows = list(csv.reader(client.get(f"{PAGE}{table}.csv").text.removeprefix("\ufeff").splitlines()))
    found = client.get(f"{PAGE}{table}.json?when=workday&pace=planning").json()
    assert found["count"] == len(found["rows"]) == len(rows) - 1 > 0
    assert rows[0] == list(found["about"]["columns"].values())
    written = [["" if cell is None else str(cell) for cell in row.values()] for row in found["rows"]]
    assert rows[1:] == written


def test_json_says_of_when_and_from_where(counted, client):
    about = client.get(f"{PAGE}figures.json?when=evening&pace=elder").json()["about"]
    assert (about["when"], about["pace"], about["has_estimates"]) == ("evening", "elder", True)
    assert about["moment"] == "2026-11-25T19:00:00+08:00"


@pytest.mark.parametrize("path", ["moon.csv", "gaps.xml", "gaps.csv.json"])
def test_unknown_tables_are_not_there(counted, client, path):
    assert client.get(f"{PAGE}{path}").status_code == 404


def test_a_name_that_looks_like_a_formula_is_defused(counted, client):
    Norm.objects.update(name_zh="=HYPERLINK(1)")
    assert ",'=HYPERLINK(1)," in client.get(f"{PAGE}gaps.csv").text


def test_a_handful_of_people_is_never_shown(client):
    make.building(residents=95, elders_60=20)
    make.building(residents=5, elders_60=3, east=1500)
    place = make.facility(dimension="health", hours="0:00-0:00", days=range(8))
    make.norm(kind=place.kind)
    make.inventory(kind=place.kind)
    recompute_coverage(community=make.here(), at=make.MORNING)
    [health] = [
        row
        for row in client.get(f"{PAGE}dimensions.json?pace=planning").json()["rows"]
        if row["code"] == "health"
    ]
    assert [health[f"residents_within_{limit}"] for limit in (5, 10, 15)] == [None, None, None]
    assert client.get(f"{PAGE}gaps.json").json()["rows"] == []
    assert "1 more gap concerns fewer than ten residents." in client.get(f"/en{PAGE}").text.replace("\n", " ")


def test_other_communities_stay_out(counted, client):
    other = make.community()
    make.building(grid=make.grid(community=other), name_zh="别处的楼", residents=50)
    recompute_coverage(community=other, at=make.MORNING)
    assert "别处的楼" not in client.get(f"{PAGE}homes.json").text


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (0, 100, "0%"),
        (1, 1000, "1%"),
        (0.5, 1, "50%"),
        (999, 1000, "99%"),
        (1000, 1000, "100%"),
        (None, 9, "–"),
        (0, 0, "–"),
    ],
)
def test_percent_is_never_rounded_to_all_or_none(part, whole, shown):
    assert percent_text(part, whole) == shown


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [("8:00-18:00", "100% of the residents"), ("19:00-20:00", "graded basic at most")],
)
def test_without_elder_service_the_grade_cannot_rise(client, hours, sentence):
    make.building(residents=100)
    station = make.facility(kind=make.kind("elderly", code="elder_service_station"), hours=hours)
    make.norm(kind=station.kind)
    make.inventory(kind=station.kind)
    recompute_coverage(community=make.here(), at=make.MORNING)
    page = " ".join(client.get(f"/en{PAGE}").text.split())
    assert sentence in page
    assert ("None within 15 minutes" in page) == (hours == "19:00-20:00")


def test_tiers_are_told_apart_and_a_clinic_is_no_health_station(client):
    make.building(residents=100)
    make.facility(kind=make.kind("health", code="clinic", name_en="Clinic"), **ALWAYS)
    make.norm(kind=make.kind("health", code="health_station"), name_en="Health station")
    far = make.facility(kind=make.kind("food"), east=600, **ALWAYS)
    for tier in (5, 10, 15):
        make.norm(kind=far.kind, standard=f"Tier {tier}", tier=tier, is_counted=tier == 15)
    recompute_coverage(community=make.here(), at=make.MORNING)
    rows = client.get(f"{PAGE}gaps.json?pace=planning").json()["rows"]
    assert [(row["code"], row["standard"]) for row in rows] == [
        ("health_station", "GB 50180-2018"),
        (far.kind.code, "Tier 5"),
        (far.kind.code, "Tier 10"),
    ]
