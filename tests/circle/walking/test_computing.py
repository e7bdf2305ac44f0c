"""From streets to stored ways: published whole, kept until then, computed once, recomputed where edited."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from circle.actions import adopt_streets, queue_walks
from circle.app_hooks import schedule
from circle.models import StreetNetwork, WalkRun, WalkTime
from circle.proximity import compute as computing
from circle.proximity.walk_times import WalkTimes
from tests import make
from tests.make_walks import adopted, at, grid, street, streets

pytestmark = pytest.mark.django_db


def compute(**options):
    return list(computing.compute_waiting(make.here(), timezone.now(), **options))


def ways():
    """Distance by building (None: the gate) and facility, of what pages see."""
    rows = WalkTime.objects.published().values_list("building", "facility", "distance_dm")
    return {(building, facility): distance for building, facility, distance in rows}


def test_ways_lead_from_each_building_and_from_the_gate():
    home = make.building(east=100, north=10)
    place = make.facility(east=300, north=-10)
    adopted()
    [found] = compute()
    assert (found.facilities, found.ways, found.off_street, found.is_new) == (1, 2, 0, True)
    assert ways() == {
        (home.pk, place.pk): pytest.approx(2200, abs=3),
        (None, place.pk): pytest.approx(3100, abs=3),
    }


def test_what_has_not_changed_is_not_computed_again():
    make.building(), make.facility()
    adopted()
    compute()
    before = list(WalkTime.objects.values_list("pk", flat=True))
    queue_walks(community=make.here(), at=timezone.now())
    [found] = compute()
    assert not found.is_new
    assert list(WalkTime.objects.values_list("pk", flat=True)) == before
    assert list(WalkRun.objects.values_list("state", flat=True)) == ["published"]
    queue_walks(community=make.here(), at=timezone.now())
    assert [again.is_new for again in compute(anew=True)] == [True]


def test_the_same_streets_again_change_nothing():
    make.building(), make.facility()
    first = adopted()
    compute()
    assert adopted().pk == first.pk
    assert compute() == []


def test_other_streets_ask_for_all_ways_anew_and_the_old_answers_stay_until_then():
    home, place = make.building(), make.facility(east=300)
    adopted()
    compute()
    before = ways()
    bypass = streets({1: (0, 0), 2: (0, 200), 3: (300, 200), 4: (300, 0)}, [street(1, 2, 3, 4)])
    second = adopted(bypass)
    assert ways() == before
    compute()
    assert ways()[home.pk, place.pk] == pytest.approx(7000, abs=10)
    assert StreetNetwork.objects.current(make.here()) == second


def test_streets_used_before_can_be_taken_back():
    make.building(), make.facility()
    first = adopted()
    compute()
    adopted(grid(5, 5))
    assert adopted().pk == first.pk
    assert StreetNetwork.objects.filter(is_current=True).count() == 1


def test_empty_streets_are_refused():
    network = grid()
    network.starts = network.starts[:0]
    with pytest.raises(ValidationError) as refusal:
        adopt_streets(community=make.here(), network=network, source="x", at=timezone.now())
    assert refusal.value.code == "no_edges"


def test_a_computation_that_dies_leaves_the_old_answers_and_is_taken_up_again(monkeypatch):
    make.building()
    place = make.facility(east=300)
    adopted()
    compute()
    before = ways()
    type(place).objects.filter(pk=place.pk).update(**make.point(east=200))
    queue_walks(community=make.here(), kinds=[place.kind], at=timezone.now())

    def die(run):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(computing, "publish_run", die)
        with pytest.raises(KeyboardInterrupt):
            compute()
    assert ways() == before
    assert compute() == []  # another process may still be at it
    WalkRun.objects.filter(state="computing").update(lease_until=timezone.now())
    assert [found.ways for found in compute()] == [2]
    assert ways() != before
    assert WalkTime.objects.count() == 2


def test_a_kind_is_computed_by_one_process_at_a_time():
    make.building()
    place = make.facility()
    adopted()
    run = WalkRun.objects.get(state="queued")
    WalkRun.objects.filter(pk=run.pk).update(state="computing", lease_until=timezone.now() + computing.LEASE)
    queue_walks(community=make.here(), kinds=[place.kind], at=timezone.now())
    assert compute() == []


def test_only_the_kind_of_an_edited_place_is_computed():
    make.building()
    first, second = make.facility(), make.facility()
    adopted()
    compute()
    queue_walks(community=make.here(), kinds=[first.kind], at=timezone.now())
    queue_walks(community=make.here(), kinds=[first.kind.pk], at=timezone.now())
    assert [run.kind for run in WalkRun.objects.filter(state="queued")] == [first.kind]
    type(first).objects.filter(pk=first.pk).update(**make.point(east=50))
    assert [found.kind for found in compute()] == [first.kind]
    assert second.kind != first.kind


def test_the_clock_computes_what_waits():
    make.building(), make.facility()
    adopted()
    assert "walking times to 1 kinds of facility computed" in list(schedule.tick(timezone.now()))
    assert "walking times to 0 kinds of facility computed" in list(schedule.tick(timezone.now()))


def test_without_streets_nothing_waits():
    make.facility()
    assert queue_walks(community=make.here(), at=timezone.now()) == 0


def test_without_buildings_the_clock_waits_for_them():
    make.facility()
    adopted()
    assert "walking times to 0 kinds of facility computed" in list(schedule.tick(timezone.now()))


def test_places_far_from_any_street_are_named_and_keep_their_estimate():
    home, lost_home = make.building(), make.building(north=3000)
    near = make.facility()
    lost = make.facility(east=-3000, kind=near.kind)
    adopted()
    [found] = compute()
    assert found.off_street == 1
    run = WalkRun.objects.get()
    assert run.off_street == {"buildings": [lost_home.pk], "facilities": [lost.pk]}
    assert WalkTimes.of(make.here(), home).to(lost).is_estimate
    assert not WalkTimes.of(make.here(), home).to(near).is_estimate
    assert WalkTimes.of(make.here(), lost_home).to(near).is_estimate


def test_an_estates_own_path_is_walked_by_its_building_alone():
    path = [at(150, 150), at(150, 5)]
    inside = make.building(east=150, north=250, own_path=[list(point) for point in path])
    beside = make.building(east=150, north=250)
    place = make.facility(east=150, north=-10)
    streets_apart = streets(
        {1: (0, 0), 2: (300, 0), 3: (0, 300), 4: (300, 300)}, [street(1, 2), street(3, 4), street(1, 3)]
    )
    adopted(streets_apart)
    compute()
    found = ways()
    assert found[inside.pk, place.pk] == pytest.approx(2600, abs=5)
    assert found[beside.pk, place.pk] == pytest.approx(500 + 6000 + 100, abs=10)


def test_pairs_farther_than_half_an_hour_have_no_row():
    home = make.building()
    place = make.facility(east=1900)
    adopted(streets({1: (0, 0), 2: (2000, 0)}, [street(1, 2)]))
    [found] = compute()
    assert found.ways == 0
    assert WalkTimes.of(make.here(), home).to(place) is None


def test_ways_without_stairs_stand_beside_the_others():
    home, place = make.building(), make.facility(north=90)
    around = [street(1, 2, highway="steps"), street(1, 3), street(3, 4), street(4, 2)]
    adopted(streets({1: (0, 0), 2: (0, 100), 3: (200, 0), 4: (200, 100)}, around))
    compute()
    row = WalkTime.objects.get(building=home, facility=place)
    assert row.distance_dm < row.step_free_dm
    assert (row.wait_s, row.step_free_wait_s) == (0, 0)


@pytest.mark.parametrize("code", ["no_streets", "no_homes"])
def test_nothing_to_compute_is_a_sentence(code):
    make.facility()
    if code == "no_homes":
        adopted()
    with pytest.raises(ValidationError) as refusal:
        compute()
    assert refusal.value.code == code
    with pytest.raises(CommandError):
        call_command("compute_walking")


def test_command_computes_some_kinds_or_all(capsys):
    make.building()
    first = make.facility(kind=make.kind(code="clinic"))
    make.facility(kind=make.kind(code="market"))
    adopted()
    call_command("compute_walking", kinds=["clinic"])
    assert {facility for _home, facility in ways()} == {first.pk}
    call_command("compute_walking")
    assert len(ways()) == 4
    assert capsys.readouterr().out.splitlines()[-1] == ("4 walks; 0 facilities lie too far from any street.")


def test_command_refuses_an_unknown_kind():
    make.building()
    adopted()
    with pytest.raises(CommandError, match="no kind of facility nowhere"):
        call_command("compute_walking", kinds=["nowhere"])


def test_check_walking_finds_no_difference(capsys):
    adopted()
    call_command("check_walking", starts=5, homes=20)
    assert capsys.readouterr().out.count(" 0 differences") == 2


def test_check_walking_needs_streets():
    make.here()
    with pytest.raises(CommandError):
        call_command("check_walking")
