"""The demo's meetings, loaded on any day of a month."""

import datetime as dt

import pytest
import time_machine
from django.core.management import call_command

from circle import demo
from circle.calendar.working_days import SHANGHAI
from council import demo as council_demo
from council.hooks.schedule import invariants, tick
from council.models import ActionItem, Meeting, MinutesVersion, Topic
from tests import make_council as council

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("sqlite"), pytest.mark.any_day]


DAYS = [dt.date(2026, 11, 24), dt.date(2026, 12, 22), dt.date(2027, 2, 20), dt.date(2028, 2, 29)]


@pytest.mark.parametrize("day", DAYS)
def test_demo_has_a_meeting_of_every_kind_on_any_day(day):
    with time_machine.travel(dt.datetime.combine(day, dt.time(10), tzinfo=SHANGHAI), tick=False):
        community = demo.demo_community()
        demo.load_demo(community)
        council_demo.load(community)
        before = Topic.objects.count()
        council_demo.load(community)
    assert Topic.objects.count() == before
    states = Meeting.objects.order_by("pk").values_list("status", flat=True)
    assert list(states) == [
        *["closed"] * 7,  # the months before
        "closed",
        "call_open",
        "planned",
        "closed",
        "noticed",
        "closed",
        "adjourned",
        "closed",
    ]
    months = Meeting.objects.of_the_council().values_list("year", "month").distinct()
    assert months.count() >= 10
    assert set(Topic.objects.values_list("status", flat=True)) == set(Topic.Status.values)
    versions = MinutesVersion.objects.order_by("pk").values_list("version", "status")
    corrected = [(1, "superseded"), (2, "published")]
    assert list(versions) == [*[(1, "published")] * 7, *corrected, *[(1, "published")] * 3]
    assert list(invariants()) == []
    actions = ActionItem.objects.order_by("pk").values_list("status", flat=True)
    assert list(actions) == ["verified", "doing", "open"]
    assert Meeting.objects.filter(is_from_paper=True).count() == 1


def test_clock_opens_calls():
    council.meeting()
    assert list(tick(council.OPENS)) == [
        "1 calls for topics opened",
        "0 meetings reminded of",
        "0 resolutions in force",
        "0 dates of topics follow the calendar",
    ]
    call_command("tick")
