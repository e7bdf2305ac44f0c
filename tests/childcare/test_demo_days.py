"""The demo's week in the nursery, loaded around the long holidays."""

import pytest
import time_machine

from childcare import demo
from childcare.hooks.schedule import find_violations
from childcare.models import ChildDay
from circle import demo as places
from circle.models import Alarm

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("sqlite"), pytest.mark.any_day]
# The longest way back to a fifth working day, the middle of a Spring Festival, the week after it.
DAYS = ["2026-10-08 10:00", "2027-02-10 10:00", "2027-02-17 23:30"]


@pytest.mark.parametrize("moment", DAYS)
def test_demo_week_has_five_days_of_each_child_on_any_day(moment):
    with time_machine.travel(f"{moment}+08:00", tick=False):
        community = places.demo_community()
        places.load_demo(community)
        demo.load_demo(community)
    week = ChildDay.objects.filter(status="left")
    assert week.values("day").distinct().count() == demo.DAYS_RECORDED
    assert week.values("application").distinct().count() == 4
    assert week.count() == 4 * demo.DAYS_RECORDED
    assert ChildDay.objects.filter(status="absent").exists()
    assert week.exclude(closed_at=None).get().closing_words
    assert Alarm.objects.get(source="not_collected").status == "closed"
    assert list(find_violations()) == []
