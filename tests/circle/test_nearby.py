import datetime as dt

import pytest
from django.utils import translation

from circle.calendar.working_days import SHANGHAI
from circle.models import Dimension, Facility, WalkRun
from circle.proximity.nearby import Moment, nearby_facilities, nearest_by_dimension
from circle.proximity.origins import Origin, origin_of
from circle.proximity.reach import facility_reach
from circle.proximity.sentences import circle_sentence, missing_dimensions
from circle.proximity.walk_times import WalkTimes
from circle.proximity.weeks import week_of
from circle.walking.minutes import PACES, bearing_between, estimate_walk, straight_line
from tests import make, make_walks

MONDAY = dt.datetime(2026, 11, 23, 10, tzinfo=SHANGHAI)
GATE = Origin("the gate", make.GATE)
UNKNOWN = WalkTimes(make.GATE, {}, frozenset(), frozenset())  # no streets imported
ALL_TEN = [
    "education",
    "employment",
    "culture",
    "health",
    "sport",
    "elderly",
    "children",
    "food",
    "housing",
    "transport",
]


def around(pace: str = "adult", at: dt.datetime = MONDAY, ways: WalkTimes = UNKNOWN, **narrowed):
    facilities = Facility.objects.public().with_timetable(at)
    return nearby_facilities(facilities, walk_times=ways, pace=pace, moment=Moment(at), **narrowed)


def loaded(place: Facility, at: dt.datetime = MONDAY) -> Facility:
    return Facility.objects.with_timetable(at).get(pk=place.pk)


def clocks(row) -> list[str]:
    return [f"{span.start:%H:%M}-{span.end:%H:%M}" for span in row.spans]


def test_straight_line_and_bearing_of_known_points():
    assert straight_line((0, 0), (0, 1)) == pytest.approx(111_195, abs=1)
    assert straight_line((106, 60), (107, 60)) == pytest.approx(55_597, abs=10)
    assert straight_line(make.GATE, make.GATE) == 0
    ways = [
        bearing_between(make.GATE, end)
        for end in ((106.6265, 27), (107, 26.647), (106.6265, 26), (106, 26.647))
    ]
    assert ways == pytest.approx([0, 90, 180, 270], abs=0.2)


@pytest.mark.parametrize(
    ("pace", "minutes"), [("adult", 10.83), ("elder", 16.25), ("pram", 13.0), ("wheelchair", 18.57)]
)
def test_minutes_are_the_line_times_the_detour_at_the_pace(db, pace, minutes):
    make.facility(east=600)
    [near] = around(pace)
    assert near.minutes == pytest.approx(minutes, abs=0.02)
    assert near.bearing == pytest.approx(90, abs=0.5)


def test_every_pace_of_the_contract_is_known():
    assert PACES == {"adult": 1.2, "elder": 0.8, "pram": 1.0, "wheelchair": 0.7}
    assert estimate_walk(make.GATE, make.GATE).minutes("elder") == 0


def test_nearby_is_sorted_by_minutes_then_code(db):
    for code, metres in (("far", 900), ("b-near", 100), ("a-near", 100), ("mid", 500)):
        make.facility(code=code, north=metres)
    assert [near.facility.code for near in around()] == ["a-near", "b-near", "mid", "far"]


def test_nearby_starts_at_the_building_where_one_is_chosen(db):
    building = make.building(north=900)
    make.facility(code="by-the-gate", north=10)
    make.facility(code="by-the-building", north=890)
    assert origin_of(building.community, None).point == make.GATE
    origin = origin_of(building.community, building)
    assert (origin.name, origin.building) == (building.name, building)
    ways = WalkTimes.of(building.community, building)
    assert [near.facility.code for near in around(ways=ways)] == ["by-the-building", "by-the-gate"]


def test_nearest_of_each_takes_one_per_dimension_and_no_desk_matters(db):
    make.facility(code="hall", dimension="civic", north=5)
    make.facility(code="clinic", dimension="health", north=300)
    make.facility(code="pharmacy", dimension="health", north=100)
    make.facility(code="canteen", dimension="food", north=200)
    nearest = nearest_by_dimension(around())
    assert {dimension: near.facility.code for dimension, near in nearest.items()} == {
        "health": "pharmacy",
        "food": "canteen",
    }
    assert list(nearest) == ["health", "food"]


def test_missing_within_counts_what_is_absent_or_beyond_fifteen_minutes(db):
    for dimension in ALL_TEN:
        if dimension != "culture":
            make.facility(dimension=dimension, north=1200 if dimension == "sport" else 100)
    assert missing_dimensions(nearest_by_dimension(around())) == [Dimension.CULTURE, Dimension.SPORT]


def test_missing_within_depends_on_the_pace(db):
    for dimension in ALL_TEN:
        make.facility(dimension=dimension, north=700)
    assert missing_dimensions(nearest_by_dimension(around("adult"))) == []
    assert missing_dimensions(nearest_by_dimension(around("elder"))) == [Dimension(name) for name in ALL_TEN]


@pytest.mark.parametrize(
    ("pace", "missing", "sentence"),
    [
        ("adult", [], "All ten kinds of place lie within 15 minutes' walk of the gate."),
        ("elder", [], "All ten kinds of place lie within 15 minutes' slow walk of the gate."),
        ("pram", [], "All ten kinds of place lie within 15 minutes of the gate with a pram."),
        ("wheelchair", [], "All ten kinds of place lie within 15 minutes of the gate by wheelchair."),
        ("adult", ["sport"], "15 minutes' walk from the gate: 9 of ten kinds of place. Missing: sport."),
        (
            "elder",
            ["sport", "food"],
            "15 minutes' slow walk from the gate: 8 of ten kinds of place. Missing: sport, food.",
        ),
        ("pram", ["food"], "15 minutes from the gate with a pram: 9 of ten kinds of place. Missing: food."),
        (
            "wheelchair",
            ALL_TEN[:1],
            "15 minutes from the gate by wheelchair: 9 of ten kinds of place. Missing: education.",
        ),
    ],
)
def test_circle_sentence_in_english(pace, missing, sentence):
    with translation.override("en"):
        assert circle_sentence(GATE, pace, [Dimension(name) for name in missing]) == sentence


@pytest.mark.parametrize("pace", PACES)
def test_circle_sentence_in_chinese_names_the_same_facts(pace):
    with translation.override("zh-hans"):
        sentence = circle_sentence(Origin("社区正门", make.GATE), pace, [Dimension.SPORT])
        assert [part for part in ("社区正门", "15", str(Dimension.SPORT.label)) if part not in sentence] == []


def test_a_closed_place_says_so(db):
    place = make.facility(hours="8:00-20:00")
    make.closure(facility=place, starts_on=MONDAY.date(), ends_on=dt.date(2026, 11, 25))
    [near] = around()
    assert (near.opening.is_open, near.opening.closed_for) == (False, "closure")
    assert near.opening.opens_at == dt.datetime(2026, 11, 26, 8, tzinfo=SHANGHAI)


def test_unknown_hours_are_neither_open_nor_shut_and_a_stop_needs_none(db):
    make.facility(code="shop")
    make.facility(code="stop", kind=make.kind(always_open=True))
    found = {near.facility.code: near for near in around()}
    assert {code: near.opening.state for code, near in found.items()} == {"shop": "unknown", "stop": "open"}
    with translation.override("en"):
        assert found["shop"].opening_text == "Opening hours not known: please phone"
        assert found["stop"].opening_text == "Open to everybody at any hour"
    make.closure(facility=found["stop"].facility, starts_on=MONDAY.date(), ends_on=None)
    assert {near.facility.code: near.opening.state for near in around()}["stop"] == "shut"


def test_past_closures_are_not_loaded(db):
    place = make.facility(hours="8:00-20:00")
    make.closure(facility=place, starts_on=dt.date(2026, 10, 1), ends_on=dt.date(2026, 10, 7))
    last_night = make.closure(facility=place, starts_on=dt.date(2026, 11, 1), ends_on=dt.date(2026, 11, 22))
    without_end = make.closure(facility=place, starts_on=dt.date(2026, 12, 1))
    assert set(loaded(place).current_closures) == {last_night, without_end}
    assert [near.opening.is_open for near in around()] == [True]


def test_week_shows_a_holiday_a_make_up_day_and_a_closure_as_they_will_be(db):
    make.calendar_year(2026, confirmed_on=dt.date(2025, 11, 4), notice="notice")
    for day in range(15, 24):
        make.calendar_day(dt.date(2026, 2, day))
    make.calendar_day(dt.date(2026, 2, 14), is_workday=True, is_holiday=False)
    hall = make.facility(hours="9:00-12:00 13:30-17:00", days=range(5), follows_workdays=True)
    closure = make.closure(facility=hall, starts_on=dt.date(2026, 2, 12), ends_on=dt.date(2026, 2, 12))
    at = dt.datetime(2026, 2, 11, 10, tzinfo=SHANGHAI)
    week = week_of(loaded(hall, at), Moment(at))
    assert [row.date.day for row in week] == [11, 12, 13, 14, 15, 16, 17]
    full = ["09:00-12:00", "13:30-17:00"]
    assert [clocks(row) for row in week] == [full, [], full, full, [], [], []]
    assert [row.closure for row in week] == [None, closure, None, None, None, None, None]
    assert [row.day.is_holiday for row in week] == [False] * 4 + [True] * 3
    assert not any(row.day.tentative for row in week)


def test_week_of_a_year_without_a_notice_is_tentative(db):
    shop = make.facility(hours="8:00-22:00")
    assert [row.day.tentative for row in week_of(loaded(shop), Moment(MONDAY))] == [True] * 7


def test_nearby_takes_the_same_queries_for_any_number(db, django_assert_num_queries):
    for n in range(12):
        make.facility(hours="8:00-12:00 14:00-18:00", north=50 * n)
    with django_assert_num_queries(5):
        assert len(around()) == 12


# Over streets -----------------------------------------------------------------------------------------------


def streets_to(place: Facility, building=None, **values) -> WalkTimes:
    """The ways of a building after one computation of the place's kind."""
    made = WalkRun.objects.filter(kind=place.kind).first() or make_walks.run(place.kind)
    if values:
        make_walks.way(made, building, place, **values)
    return WalkTimes.of(place.community, building)


def test_minutes_follow_the_streets_and_the_waits(db):
    ways = streets_to(make.facility(north=50), distance_dm=6000, wait_s=30)
    [near] = around(ways=ways)
    assert near.minutes == pytest.approx(600 / 1.2 / 60 + 0.5)
    assert (near.is_estimate, near.is_within, near.obstacle_text) == (False, True, "")


def test_a_place_without_a_way_comes_last_and_says_so(db):
    make.facility(code="a-lost", north=10, kind=make.kind(code="lost"))
    far = make.facility(code="far", north=3000)
    ways = streets_to(Facility.objects.get(code="a-lost"))
    lost = around(ways=ways)[-1]
    assert [near.facility.code for near in around(ways=ways)] == ["far", "a-lost"]
    assert (lost.minutes, lost.is_within, lost.obstacle) == (None, False, "far")
    with translation.override("en"):
        assert lost.obstacle_text == "more than half an hour on foot, or no way there"
    assert around(ways=ways)[0].is_estimate
    assert far.kind != lost.facility.kind


@pytest.mark.parametrize(
    ("pace", "narrowed"),
    [("wheelchair", {}), ("adult", {"step_free": True}), ("wheelchair", {"step_free": True})],
)
def test_step_free_takes_the_way_round_or_says_that_there_is_none(db, pace, narrowed):
    ramp, stairs, steps = (
        make.facility(code=code, kind=make.kind(), step_free=code != "steps")
        for code in ("ramp", "stairs", "steps")
    )
    home = make.building()
    streets_to(ramp, home, distance_dm=500, step_free_dm=2000, step_free_wait_s=10)
    streets_to(stairs, home, distance_dm=600)
    ways = streets_to(steps, home, distance_dm=700, step_free_dm=700, step_free_wait_s=0)
    found = {near.facility.code: near for near in around(pace, ways=ways, **narrowed)}
    assert found["ramp"].minutes == pytest.approx(200 / PACES[pace] / 60 + 10 / 60)
    assert {code: near.obstacle for code, near in found.items()} == {
        "ramp": "",
        "stairs": "stairs",
        "steps": "entrance",
    }
    assert next(iter(found)) == "ramp"
    assert [code for code, near in found.items() if near.is_within] == ["ramp"]


def test_fifteen_minutes_sharp_are_within(db):
    place = make.facility()
    [near] = around(ways=streets_to(place, distance_dm=10_800))
    assert (near.minutes, near.is_within) == (15, True)


def test_opening_at_a_chosen_time_speaks_of_that_time(db):
    make.facility(hours="8:00-12:00")
    facilities = Facility.objects.public().with_timetable(MONDAY)
    [near] = nearby_facilities(
        facilities, walk_times=UNKNOWN, pace="adult", moment=Moment(MONDAY, is_chosen=True)
    )
    with translation.override("en"):
        assert near.opening_text == "Open at that time"


def test_reach_counts_buildings_at_two_paces(db, django_assert_num_queries):
    place = make.facility()
    near, far, lost = make.building(code="near"), make.building(code="far"), make.building(code="lost")
    streets_to(place, near, distance_dm=2400, wait_s=30)
    streets_to(place, far, distance_dm=8000)
    streets_to(place, None, distance_dm=100)
    with django_assert_num_queries(1):
        reach = facility_reach(place)
    assert reach.buildings == 3
    assert [(line.limit, line.planning, line.elder) for line in reach.lines] == [
        (5, 1, 0),
        (10, 1, 1),
        (15, 2, 1),
    ]
    assert [(home.building, round(home.planning, 2), round(home.elder, 2)) for home in reach.homes] == [
        (near, 4.5, 5.5),
        (far, 13.33, 16.67),
    ]
    assert lost not in [home.building for home in reach.homes]
