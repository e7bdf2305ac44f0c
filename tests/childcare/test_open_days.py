"""Days on which the nursery is closed, taps taken back, and days after the last one."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from childcare import actions
from childcare.backoffice.days import class_day_sheet
from childcare.models import ChildDay
from circle.actions import report_death
from tests import make as ground
from tests import make_childcare as make
from tests.make_childcare import FIRST_MORNING as AT
from tests.make_childcare import START

pytestmark = pytest.mark.django_db
ONE_DAY = dt.timedelta(days=1)
FRIDAY, SATURDAY = AT + 4 * ONE_DAY, AT + 5 * ONE_DAY


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def rule():
    make.absence_rule()


def refused(act, **values) -> str:
    with pytest.raises(ValidationError) as refusal:
        act(**values)
    return refusal.value.code


def absent(application, **more):
    values = {"first_day": START, "last_day": START, "reason": "ill", "via": "online", "at": AT}
    values["by"] = application.guardian.login
    return actions.report_absence(application=application, **values | more)


def undo(row):
    return actions.undo_transition(child_day=row, at=AT, by=ground.user())


# Closed -----------------------------------------------------------------------------------------------------


def test_nobody_comes_on_a_day_off_or_while_the_nursery_is_closed():
    found = make.enrolled()
    by = ground.user()
    assert refused(actions.check_in_child, application=found, at=SATURDAY, by=by) == "closed_day"
    ground.closure(facility=found.offered_class.facility, starts_on=START, ends_on=START)
    assert refused(actions.check_in_child, application=found, at=AT, by=by) == "closed_day"
    assert actions.check_in_child(application=found, at=AT + ONE_DAY, by=by).status == "present"


def test_a_working_saturday_is_a_day_like_any_other():
    found = make.enrolled()
    ground.calendar_day(date=SATURDAY.date(), is_workday=True, is_holiday=False)
    assert actions.check_in_child(application=found, at=SATURDAY, by=ground.user()).status == "present"


def test_closed_days_are_left_out_of_an_absence():
    found = make.enrolled()
    place = found.offered_class.facility
    ground.closure(facility=place, starts_on=START + ONE_DAY, ends_on=START + 2 * ONE_DAY)
    days = absent(found, last_day=START + 3 * ONE_DAY)
    assert [row.day for row in days] == [START, START + 3 * ONE_DAY]
    assert refused(absent, application=found, first_day=START + ONE_DAY, last_day=START + ONE_DAY) == "no_day"


def test_closed_until_further_notice_has_no_open_day():
    found = make.enrolled()
    ground.closure(facility=found.offered_class.facility, starts_on=START, ends_on=None)
    assert refused(absent, application=found, last_day=START + 20 * ONE_DAY) == "no_day"


def test_sheet_of_a_closed_day_says_so_and_offers_no_arrival(client, clock):
    found = make.enrolled()
    client.force_login(make.head())
    clock.move_to(SATURDAY)
    page = client.get(reverse("admin:childcare_childday_sheet")).content.decode()
    assert 'class="errornote closed-day"' in page
    assert 'value="arrive"' not in page
    assert found.child.name in page


def test_nobody_counts_as_expected_on_a_day_off():
    found = make.enrolled()
    shown = {"is_today": False, "may_write": True}
    counts = {
        day: dict(class_day_sheet(found.offered_class, day.date(), day, **shown).by_state)
        for day in (FRIDAY, SATURDAY)
    }
    assert [sum(each.values()) for each in counts.values()] == [1, 0]


# Taken back -------------------------------------------------------------------------------------------------


def test_a_mistaken_tap_taken_back_leaves_the_reported_absence():
    found = make.enrolled()
    mandate = ground.mandate(scope="childcare", principal=found.guardian)
    absent(found, by=mandate.agent, at=AT + dt.timedelta(hours=1))
    row = actions.check_in_child(application=found, at=AT, by=ground.user())
    undo(row)
    kept = ChildDay.objects.get()
    assert (kept.status, kept.reason, kept.is_late, kept.mandate) == ("absent", "ill", True, mandate)
    assert (kept.earlier_reason, kept.earlier_mandate) == ("", None)


def test_a_child_that_came_and_left_is_taken_back_to_its_absence_by_two_steps():
    found = make.enrolled()
    absent(found)
    row = actions.check_in_child(application=found, at=AT, by=ground.user())
    key = f"guardian-{found.guardian.code}"
    actions.check_out_child(child_day=row, collector=key, at=AT, by=ground.user())
    assert undo(row).status == "present"
    assert undo(row).status == "absent"


def test_stale_row_taken_back_restores_what_the_database_has():
    found = make.enrolled()
    [reported] = absent(found)
    actions.check_in_child(application=found, at=AT, by=ground.user())
    reported.refresh_from_db(fields=["status"])
    assert undo(reported).reason == "ill"


def test_database_refuses_an_earlier_absence_of_a_child_that_is_not_here():
    absent(make.enrolled())
    with pytest.raises(IntegrityError), transaction.atomic():
        ChildDay.objects.update(earlier_reason="ill")


# After the last day -----------------------------------------------------------------------------------------


def test_days_after_the_last_one_are_removed():
    found = make.enrolled()
    absent(found, last_day=START + 4 * ONE_DAY)
    by = found.guardian.login
    last = START + ONE_DAY
    actions.give_notice(application=found, last_day=last, via="online", at=AT, by=by)
    assert [row.day for row in ChildDay.objects.order_by("day")] == [START, last]


def test_days_of_a_child_that_died_are_removed():
    found = make.enrolled()
    absent(found, last_day=START + 4 * ONE_DAY)
    report_death(resident=found.child, died_on=START, at=AT, by=ground.clerk())
    assert [row.day for row in ChildDay.objects.all()] == [START]
