"""How pages read the stored ways: one query from a building, published answers only, exact minutes."""

import pytest
from django.db import IntegrityError, transaction

from circle.models import WalkTime
from circle.proximity.walk_times import WalkTimes
from circle.walking.minutes import is_within, walking_minutes
from tests import make
from tests.make_walks import network, run, way


def test_minutes_count_the_last_second_in():
    assert walking_minutes(9000, 0, "planning") == 15
    assert walking_minutes(8800, 20, "planning") == 15
    assert is_within(15, 10_800, 0, "adult")
    assert not is_within(15, 10_801, 0, "adult")
    assert is_within(15, 7_040, 20, "elder")  # 880 s of walking at 0.8 m/s
    assert not is_within(15, 7_041, 20, "elder")


@pytest.mark.parametrize("pace", ["adult", "elder", "pram", "planning"])
def test_within_agrees_with_the_minutes(db, pace):
    kind = make.kind()
    computed, home = run(kind), make.building()
    for distance in range(5000, 12_000, 250):
        way(computed, home, make.facility(kind=kind), distance, 20)
    found = set(WalkTime.objects.within(15, pace).values_list("distance_dm", flat=True))
    assert found == {d for d in range(5000, 12_000, 250) if walking_minutes(d, 20, pace) <= 15}


def test_a_wheelchair_takes_the_way_without_stairs_or_none(db):
    kind = make.kind()
    computed, home = run(kind), make.building()
    stairs = way(computed, home, make.facility(kind=kind), 1000)
    ramp = way(computed, home, make.facility(kind=kind), 1000, step_free_dm=4000, step_free_wait_s=20)
    assert list(WalkTime.objects.within(15, "wheelchair")) == [ramp]
    assert list(WalkTime.objects.within(15, "elder", step_free=True)) == [ramp]
    ways = WalkTimes.of(make.here(), home)
    assert ways.to(stairs.facility).minutes("wheelchair") is None
    assert ways.to(ramp.facility).minutes("wheelchair") == walking_minutes(4000, 20, "wheelchair")
    assert ways.to(ramp.facility).minutes("elder") == walking_minutes(1000, 0, "elder")


def test_only_published_answers_are_shown(db):
    kind, home = make.kind(), make.building()
    place = make.facility(kind=kind)
    shown = way(run(kind), home, place, 1000)
    way(run(kind, state="computing"), home, place, 2000)
    assert list(WalkTime.objects.published().from_building(home)) == [shown]


def test_one_query_reads_all_ways_of_a_building(db, django_assert_num_queries):
    kind, home = make.kind(), make.building()
    computed = run(kind)
    for _ in range(5):
        way(computed, home, make.facility(kind=kind))
    with django_assert_num_queries(1):
        assert len(WalkTime.objects.published().from_building(home)) == 5


def test_gate_has_ways_of_its_own(db):
    kind = make.kind()
    place = make.facility(kind=kind)
    row = way(run(kind), None, place, 1200)
    assert WalkTimes.of(make.here(), None).to(place).distance_dm == row.distance_dm
    assert list(WalkTime.objects.to_facility(place)) == []


def test_without_a_row_there_is_no_way_where_streets_are_known(db):
    kind, home = make.kind(), make.building()
    far, lost = make.facility(kind=kind), make.facility(kind=kind)
    run(kind, off_street={"buildings": [], "facilities": [lost.pk]})
    ways = WalkTimes.of(make.here(), home)
    assert ways.to(far) is None
    assert ways.to(lost).is_estimate
    assert ways.to(make.facility()).is_estimate  # of a kind never computed


def test_a_building_far_from_streets_keeps_its_estimate(db):
    kind, home = make.kind(), make.building()
    run(kind, off_street={"buildings": [home.pk], "facilities": []})
    assert WalkTimes.of(make.here(), home).to(make.facility(kind=kind)).is_estimate


def test_a_new_facility_is_estimated_until_its_kind_is_computed(db):
    kind, home = make.kind(), make.building()
    run(kind)
    run(kind, state="queued", network=None, finished_at=None)
    assert WalkTimes.of(make.here(), home).to(make.facility(kind=kind)).is_estimate


@pytest.mark.parametrize("state", ["queued", "computing", "published"])
def test_one_run_in_each_state(db, state):
    kind = make.kind()
    run(kind, state=state)
    with pytest.raises(IntegrityError), transaction.atomic():
        run(kind, state=state)


def test_many_superseded_runs_may_be_kept(db):
    kind = make.kind()
    run(kind, state="superseded")
    assert run(kind, state="superseded").pk


def test_one_network_of_a_community_is_in_use(db):
    network(make.here())
    with pytest.raises(IntegrityError), transaction.atomic():
        network(make.here(), sha256="1" * 64)
    assert network(make.here(), sha256="1" * 64, is_current=False).pk


def test_the_same_network_is_kept_once(db):
    network(make.here())
    with pytest.raises(IntegrityError), transaction.atomic():
        network(make.here(), is_current=False)


def test_published_answers_come_from_a_finished_run(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        run(make.kind(), finished_at=None)


def test_a_pair_has_one_way_in_a_run(db):
    kind = make.kind()
    computed, home, place = run(kind), make.building(), make.facility(kind=kind)
    way(computed, home, place)
    way(computed, None, place)
    for start in (home, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            way(computed, start, place)


def test_a_way_without_stairs_is_whole(db):
    with pytest.raises(IntegrityError), transaction.atomic():
        way(run(make.kind()), make.building(), make.facility(), step_free_dm=1)
