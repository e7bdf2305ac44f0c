"""The demo shows every kind and every state, and its texts are complete."""

import pytest
import time_machine

from circle import demo as places
from eldercare import demo
from eldercare.actions.holidays import spring_festival
from eldercare.hooks.schedule import find_violations
from eldercare.models import CareBooking, CareKind, CareQuestion, CareWorker, HolidayLook, HolidayStay
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("sqlite"), pytest.mark.any_day]


@pytest.mark.long
def test_demo_shows_eight_kinds_and_care_in_every_state():
    with time_machine.travel(make.moment(0, 15), tick=False):
        community = places.demo_community()
        places.load_demo(community)
        demo.load_demo(community)
        before = CareBooking.objects.count()
        demo.load_demo(community)
    assert CareKind.objects.count() == 8
    assert not CareKind.objects.filter(is_verified=True).exists()
    assert set(CareBooking.objects.values_list("status", flat=True)) == set(CareBooking.Status.values)
    assert CareBooking.objects.nobody_home().exists()
    assert (CareBooking.objects.count(), list(find_violations())) == (before, [])
    rows = [*CareKind.objects.all(), *CareQuestion.objects.all()]
    for row in rows:
        row.full_clean()
        columns = [field.name for field in row._meta.fields if field.name.endswith("_zh")]
        assert all(bool(getattr(row, name)) == bool(getattr(row, f"{name[:-3]}_en")) for name in columns)


@pytest.mark.long
def test_demo_has_six_carers_and_asked_about_the_festival():
    with time_machine.travel(make.moment(0, 15), tick=False):
        community = places.demo_community()
        places.load_demo(community)
        demo.load_demo(community)
        days = spring_festival(make.moment(0, 15).date())
    assert CareWorker.objects.count() >= 6
    stays = HolidayStay.objects.of_festival(days)
    assert set(stays.values_list("where", flat=True)) == set(HolidayStay.Where.values)
    assert HolidayLook.objects.of_festival(days).exists()
