"""Norms, the fixed moments, and the stored coverage of a community."""

import datetime as dt
import io

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from circle.actions import recompute_coverage, refresh_coverage
from circle.calendar.working_days import SHANGHAI
from circle.coverage.moments import coverage_moments
from circle.models import Closure, Coverage, Dimension, FacilityKind, Norm
from tests import make, make_walks

pytestmark = pytest.mark.django_db

TEN_MINUTES = 460  # metres as the crow flies: 598 m by the estimate
MOMENTS = ["workday", "evening", "sunday", "festival"]


def coverage(stamp="workday", pace="planning"):
    recompute_coverage(community=make.here(), at=make.MORNING)
    return Coverage.objects.at(make.here(), stamp, pace)


def share(of, **which):
    return of.shares.get(**which)


# Norms ------------------------------------------------------------------------------------------------------


def test_seed_norms_loads_every_row_unverified_and_knows_it_again():
    call_command("seed_norms", stdout=io.StringIO())
    call_command("seed_norms", stdout=(said := io.StringIO()))
    assert said.getvalue() == "82 norms known, 0 of them new\n"
    assert (Norm.objects.count(), Norm.objects.filter(is_verified=True).count()) == (82, 0)
    assert Norm.objects.filter(radius_m__isnull=False).count() == 25
    assert {norm.kind.dimension for norm in Norm.objects.counted()} == set(Dimension.ten())


def test_seed_norms_leaves_what_staff_changed():
    call_command("seed_norms", stdout=io.StringIO())
    norm = Norm.objects.get(kind__code="health_station", standard="GB 50180-2018")
    Norm.objects.filter(kind__code="health_station").exclude(pk=norm.pk).delete()
    Norm.objects.filter(pk=norm.pk).update(radius_m=500, is_counted=True)
    call_command("seed_norms", stdout=io.StringIO())
    norm.refresh_from_db()
    assert norm.radius_m == 500
    assert list(Norm.objects.counted().filter(kind=norm.kind)) == [norm]


def test_two_standards_may_disagree_and_one_of_them_counts():
    kind = FacilityKind.objects.create(code="clinic", name_zh="站", name_en="Station", dimension="health")
    make.norm(kind=kind, standard="A", radius_m=300)
    make.norm(kind=kind, standard="B", radius_m=500, is_counted=False)
    with pytest.raises(IntegrityError, match="norm"), transaction.atomic():
        make.norm(kind=kind, standard="C")
    with pytest.raises(IntegrityError, match="norm"), transaction.atomic():
        make.norm(kind=kind, standard="A", is_counted=False)
    with pytest.raises(IntegrityError, match="norm"), transaction.atomic():
        make.norm(kind=kind, standard="D", is_counted=False, tier=20)


# Moments ----------------------------------------------------------------------------------------------------


def test_the_moments_are_the_next_working_day_plain_sunday_and_new_years_day():
    make.calendar_day(dt.date(2026, 11, 25))
    make.calendar_day(dt.date(2026, 11, 29), is_workday=True, is_holiday=False)
    moments, calendar = coverage_moments(dt.date(2026, 11, 24))
    assert [moments[name] for name in MOMENTS] == [
        dt.datetime(2026, 11, 26, 9, tzinfo=SHANGHAI),
        dt.datetime(2026, 11, 26, 19, tzinfo=SHANGHAI),
        dt.datetime(2026, 12, 6, 10, tzinfo=SHANGHAI),
        dt.datetime(2027, 2, 6, 10, tzinfo=SHANGHAI),
    ]
    feast = calendar.day(dt.date(2027, 2, 6))
    assert (feast.is_holiday, feast.is_workday, feast.tentative) == (True, False, True)


def test_on_new_years_eve_and_day_the_feast_is_tomorrow_and_next_year():
    assert coverage_moments(dt.date(2027, 2, 5))[0]["festival"].date() == dt.date(2027, 2, 6)
    assert coverage_moments(dt.date(2027, 2, 6))[0]["festival"].date() == dt.date(2028, 1, 26)


# Coverage ---------------------------------------------------------------------------------------------------


def test_coverage_counts_people_within_each_tier_at_both_paces():
    make.building(residents=100, elders_60=40)
    make.building(east=2 * TEN_MINUTES, residents=300)
    place = make.facility(east=-TEN_MINUTES / 2, dimension="health", hours="8:00-18:00")
    found = coverage()
    assert (found.homes, found.residents, found.elders, found.places) == (2, 400, 40, 1)
    assert share(found, kind=place.kind).residents_5 == 100
    row = share(coverage(pace="elder"), kind=None, dimension="health")
    assert (row.residents_5, row.residents_10, row.elders_10, row.homes_15) == (0, 100, 40, 1)


def test_a_closed_place_is_no_service():
    make.building(residents=100)
    make.facility(dimension="health", hours="8:00-12:00 14:00-18:00", days=range(5))
    make.facility(dimension="sport", hours="0:00-0:00", days=range(8))
    make.facility(dimension="food")  # nobody knows when it is open
    shut = make.facility(dimension="culture", hours="8:00-20:00")
    make.closure(facility=shut)
    reached = {
        stamp: {row.dimension for row in coverage(stamp).shares.filter(kind=None, residents_15=100)}
        for stamp in MOMENTS
    }
    assert reached == {"workday": {"health", "sport", "food"}} | {
        stamp: {"sport", "food"} for stamp in MOMENTS[1:]
    }
    evening = Coverage.objects.at(make.here(), "evening", "planning")
    assert (evening.places, evening.places_shut, evening.places_unknown) == (2, 2, 1)


def test_places_without_hours_count_but_are_not_certain():
    make.building(residents=100)
    shop = make.facility(dimension="food")  # nobody knows when it is open
    stop = make.facility(dimension="transport", kind=make.kind(dimension="transport", always_open=True))
    for place in (shop, stop):
        make.norm(kind=place.kind, tier=15)
    found = coverage()
    assert (found.mean, found.mean_sure, found.places_unknown) == (1.0, 0.5, 1)
    make.closure(facility=stop)
    make.closure(facility=shop)
    found = coverage()
    assert (found.mean, found.mean_sure, found.places_shut) == (0.0, 0.0, 2)


def test_gaps_keep_minutes_and_metres_apart_and_name_the_worst_home():
    make.building(residents=100)
    far = make.building(east=TEN_MINUTES, residents=50, elders_60=20)
    place = make.facility(dimension="health", hours="8:00-18:00")
    make.norm(kind=place.kind, tier=5, radius_m=300)
    make.norm(kind=place.kind, standard="TD/T 1062-2021", tier=10, radius_m=500, is_counted=False)
    make.norm(kind=make.kind("sport"), is_required=False)
    first, second, third = coverage().gaps.select_related("norm", "worst")
    assert first.norm.standard == "GB 50180-2018"
    assert (first.residents, first.late_residents, first.far_residents) == (50, 50, 50)
    assert (first.worst, first.homes, first.elders, round(first.minutes, 1)) == (far, 1, 20, 10.0)
    assert (second.norm.standard, second.residents, second.late_residents) == ("TD/T 1062-2021", 50, 0)
    assert (third.residents, third.far_residents, third.minutes) == (150, None, None)


def test_the_figures_of_a_community_follow_the_definitions():
    make.building(residents=100)
    make.building(east=TEN_MINUTES, residents=300)
    place = make.facility(dimension="health", hours="8:00-18:00")
    make.norm(kind=place.kind, tier=5)
    make.norm(kind=make.kind("sport"))
    found = coverage()
    assert (found.mean, found.lowest, found.lowest_dimension) == (0.125, 0.0, "sport")
    assert found.full_residents == 0
    assert share(found, kind=None, dimension="health").required == 0.25
    assert share(found, kind=None, dimension="food").required is None
    assert round(found.home_minutes, 2) == round((0 + 30) / 2 * 0.25 + (9.966 + 30) / 2 * 0.75, 2)
    assert found.is_estimate


@pytest.mark.parametrize(("distance", "residents"), [(8800, 100), (8801, 0)])
def test_streets_take_the_place_of_the_estimate(distance, residents):
    home = make.building(residents=100)
    place = make.facility(east=10, hours="8:00-18:00")
    make_walks.way(make_walks.run(place.kind), home, place, distance, 20)
    found = coverage()
    assert (found.is_estimate, share(found, kind=place.kind).residents_15) == (False, residents)
    assert found.source["filter"] != ""


def test_a_place_that_the_streets_do_not_reach_is_none_and_not_far():
    make.building(residents=100)
    place = make.facility(east=10, hours="8:00-18:00")
    make.norm(kind=place.kind)
    make_walks.run(place.kind)
    [gap] = coverage().gaps.all()
    assert gap.minutes is None
    assert Coverage.objects.first().by_home.get().minutes == {}


def test_coverage_without_homes_or_norms_is_zero_and_nothing():
    found = coverage()
    assert (found.mean, found.lowest, found.residents, found.gini) == (None, None, 0, 0)


def test_recomputing_again_replaces_and_changes_nothing():
    make.building(residents=100)
    make.facility(hours="8:00-18:00")
    before = [(row.stamp, row.pace, row.gini, row.shares.count()) for row in [coverage()]]
    assert before == [(row.stamp, row.pace, row.gini, row.shares.count()) for row in [coverage()]]
    assert Coverage.objects.count() == 8


def test_the_clock_recomputes_once_a_day_and_after_a_change():
    make.building()
    at = make.MORNING
    assert [refresh_coverage(at=at), refresh_coverage(at=at)] == [1, 0]
    assert refresh_coverage(at=at + dt.timedelta(hours=15)) == 0
    assert refresh_coverage(at=at + dt.timedelta(hours=16)) == 1
    place = make.facility()
    type(place).objects.filter(pk=place.pk).update(updated_at=at + dt.timedelta(hours=17))
    assert refresh_coverage(at=at + dt.timedelta(hours=18)) == 1


def test_a_closure_reaches_the_figures_the_same_day(client):
    """Entered, moved to another place, and deleted in the admin."""
    add, said = reverse("admin:circle_closure_add"), {"starts_on": "2026-11-01", "reason_zh": "装修"}
    with time_machine.travel(make.MORNING, tick=False) as clock:
        make.building()
        place, other = make.facility(hours="8:00-18:00"), make.facility(hours="8:00-18:00")
        client.force_login(make.director())
        for step in (
            lambda: client.post(add, said | {"facility": place.pk}),
            lambda: client.post(change_of(Closure.objects.get()), said | {"facility": other.pk}),
            lambda: client.post(change_of(Closure.objects.get(), "delete"), {"post": "yes"}),
        ):
            refresh_coverage(at=timezone.now())
            clock.shift(60)
            assert refresh_coverage(at=timezone.now()) == 0
            assert step().status_code == 302
            clock.shift(60)
            assert refresh_coverage(at=timezone.now()) == 1


def change_of(closure, verb="change"):
    return reverse(f"admin:circle_closure_{verb}", args=[closure.pk])


def test_recomputing_takes_the_same_queries_for_any_number_of_places(django_assert_num_queries):
    counts = []
    for _ in range(3):
        for east in range(0, 500, 100):
            make.building(east=east)
            make.facility(east=east, hours="8:00-18:00")
        with django_assert_num_queries(99, exact=False) as seen:
            coverage()
        counts.append(len(seen))
    assert counts[1] == counts[2] <= 60  # the first has no rows to replace


def test_other_communities_stay_out_of_it():
    here, other = make.here(), make.community()
    make.building(grid=make.grid(community=other), residents=999)
    make.facility(community=other, hours="8:00-18:00")
    make.building(grid=make.grid(community=here), residents=100)
    found = coverage()
    assert (found.residents, found.places) == (100, 0)
