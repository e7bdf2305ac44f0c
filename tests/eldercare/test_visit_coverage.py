"""How far elders are looked in on: counts without names, and who was not seen for long."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from eldercare import actions
from eldercare.backoffice.visit_coverage import sum_weeks, unseen_elders, weeks_by_building, weeks_up_to
from tests import make
from tests import make_eldercare as care

pytestmark = pytest.mark.django_db
ONE_DAY = dt.timedelta(days=1)


@pytest.fixture
def boss(ours):
    return care.coordinator(community=ours)


def test_counts_by_building_and_week_leave_out_what_rests(boss, ours):
    near = make.building(community=ours)
    seen, missed = (care.visit_duty(resident=care.elder(building=near)).resident for _ in range(2))
    care.visit(resident=seen)
    missed.visit_duties.update(status="missed")
    resting = care.visit_duty(resident=care.elder(building=near))
    type(resting).objects.filter(pk=resting.pk).update(status="resting")
    [row] = weeks_by_building(boss, make.MORNING.date())
    last = row.weeks[-1]
    assert (row.building, last.done, last.missed, last.asked, last.total) == (near, 1, 1, 2, 3)
    assert [week.total for week in row.weeks[:-1]] == [0, 0, 0]
    assert list(sum_weeks([row, row]))[-1].total == 6


def test_weeks_begin_on_mondays_and_end_with_this_one():
    mondays = weeks_up_to(dt.date(2027, 1, 1))  # a Friday
    assert mondays == [dt.date(2026, 12, day) for day in (7, 14, 21, 28)]


def test_unseen_are_those_nobody_met_or_heard_for_so_long(boss, ours):
    """Who was not at home was not seen; a rest and another community are left out."""
    seen, knocked, never, resting = (care.visit_duty().resident for _ in range(4))
    care.visit_duty(resident=care.elder(community=make.community()))
    care.visit(resident=seen)
    care.visit(resident=knocked)
    later = make.MORNING + 15 * ONE_DAY
    care.visit(resident=seen, at=later - ONE_DAY)
    care.visit("not_home", resident=knocked, at=later - ONE_DAY)
    said = {"starts_on": make.MORNING.date(), "ends_on": later.date(), "reason": "住院", "said_by": "女儿"}
    actions.rest_visits(resident=resting, at=make.MORNING, by=boss, **said)
    found = [(each.resident, each.days) for each in unseen_elders(boss, 14, later)]
    assert found == [(never, None), (knocked, 15)]
    assert [unseen_elders(boss, 16, later), unseen_elders(boss, 1, make.MORNING)] == [[], []]


def test_page_takes_the_same_queries_for_one_elder_and_six_and_names_nobody_in_the_counts(
    client, boss, queries_of
):
    url = reverse("admin:eldercare_visitduty_coverage")
    care.visit_duty()
    with time_machine.travel(make.MORNING + 20 * ONE_DAY, tick=False):
        client.force_login(boss)
        few = queries_of(url)
        for _ in range(5):
            care.visit_duty()
        assert queries_of(url) == few
        page = client.get(f"/en{url}", {"days": "x"})
    counts = page.text.partition("Not seen for long")[0]
    assert [each.resident.name in counts for each in page.context["unseen"]] == [False] * 6
    assert "Enter a whole number" in page.text
