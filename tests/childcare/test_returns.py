"""A child that comes back on the same day, all that have come at one tap, and the order of the sheet."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from childcare import actions
from childcare.backoffice.days import class_day_sheet
from childcare.models import ChildDay
from circle.models import Record
from tests import make as ground
from tests import make_childcare as make
from tests.make_childcare import FIRST_MORNING as AT
from tests.make_council import refused

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
NOON = AT + 4 * HOUR
SHEET = reverse("admin:childcare_childday_sheet")


@pytest.fixture(autouse=True)
def clock():
    make.absence_rule()
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


@pytest.fixture
def gone():
    """Taken to the doctor by its mother at nine."""
    row = make.present()
    key = f"guardian-{row.application.guardian.code}"
    return actions.check_out_child(child_day=row, collector=key, at=AT + HOUR, by=ground.user())


def come_back(row: ChildDay, at: dt.datetime = NOON) -> ChildDay:
    return actions.check_in_again(child_day=row, at=at, by=ground.user())


def test_child_comes_back_after_the_doctor_and_the_first_collection_stays(gone):
    come_back(gone)
    row = ChildDay.objects.get()
    assert (row.status, row.arrived_at, row.left_at, row.collected_by) == ("present", AT, None, None)
    outing = row.outings.get()
    mother = gone.application.guardian
    assert (outing.left_at, outing.returned_at, outing.collected_by) == (AT + HOUR, NOON, mother)
    assert Record.objects.filter(verb="child_returned").count() == 1
    key = f"guardian-{mother.code}"
    actions.check_out_child(child_day=row, collector=key, at=NOON + HOUR, by=ground.user())
    assert ChildDay.objects.get().left_at == NOON + HOUR


def test_coming_back_by_mistake_is_taken_back(gone):
    row = come_back(gone)
    actions.undo_transition(child_day=row, at=NOON + HOUR, by=ground.user())
    row = ChildDay.objects.get()
    assert (row.status, row.left_at, row.collected_by) == ("left", AT + HOUR, gone.application.guardian)
    assert not row.outings.exists()


def test_only_whoever_has_gone_home_today_comes_back(gone):
    assert refused(come_back, row=gone, at=NOON + 24 * HOUR) == "not_today"
    come_back(gone)
    assert refused(come_back, row=gone) == "already_present"
    other = actions.check_in_child(
        application=make.enrolled(nursery_class=gone.nursery_class), at=AT, by=ground.user()
    )
    actions.undo_transition(child_day=other, at=AT, by=ground.user())
    assert refused(come_back, row=other) == "not_possible"


def test_database_lets_nobody_come_back_before_going_nor_alone(gone):
    values = {"left_at": NOON, "collected_by": gone.collected_by}
    for wrong in ({"returned_at": AT}, {"returned_at": NOON, "collected_by": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            gone.outings.create(**values | wrong)


def test_family_reads_when_the_child_was_away(gone, client, html):
    come_back(gone)
    client.force_login(gone.application.guardian.login)
    text = html(client.get(f"/en/childcare/children/{gone.application.code}/"))
    assert "away from 9:00 am to noon" in text or "away from 9 am" in text or "away from 9:00" in text


# The sheet --------------------------------------------------------------------------------------------------


def children_of_the_sheet():
    """One gone home, one here, one expected, one absent, by name in this order."""
    group = make.nursery_class(capacity=6)
    rows = {name: make.enrolled(nursery_class=group, child_name=name) for name in ("甲", "乙", "丙", "丁")}
    by = ground.user()
    for name in ("甲", "乙"):
        row = actions.check_in_child(application=rows[name], at=AT, by=by)
        if name == "甲":
            key = f"guardian-{row.application.guardian.code}"
            actions.check_out_child(child_day=row, collector=key, at=AT + HOUR, by=by)
    who = {"via": "online", "at": AT, "by": rows["丁"].guardian.login}
    days = {"first_day": AT.date(), "last_day": AT.date()}
    actions.report_absence(application=rows["丁"], reason="ill", **days, **who)
    return group


def test_what_is_left_to_do_comes_first():
    group = children_of_the_sheet()
    sheet = class_day_sheet(group, AT.date(), AT, is_today=True, may_write=True)
    assert [row.application.child.name for row in sheet.rows] == ["丙", "乙", "丁", "甲"]
    assert sheet.expected == 1


def test_all_have_come_takes_those_expected_and_nobody_absent_or_gone():
    group = children_of_the_sheet()
    rows = actions.check_in_class(nursery_class=group, at=AT, by=ground.user())
    assert [row.application.child.name for row in rows] == ["丙"]
    assert actions.check_in_class(nursery_class=group, at=AT, by=ground.user()) == []
    statuses = ChildDay.objects.order_by("application_id").values_list("status", flat=True)
    assert list(statuses) == ["left", "present", "present", "absent"]


def test_nobody_comes_on_a_day_off():
    group = children_of_the_sheet()
    sunday = AT - 24 * HOUR
    assert refused(actions.check_in_class, nursery_class=group, at=sunday, by=ground.user()) == "closed_day"


def test_nurse_taps_once_for_all(client, html):
    group = make.nursery_class()
    for _ in range(3):
        make.enrolled(nursery_class=group)
    client.force_login(make.nurse(group, community=group.community))
    assert "All have come (3)" in html(client.get(f"/en{SHEET}"))
    url = reverse("admin:childcare_childday_all", args=[group.pk])
    assert client.post(url).status_code == 302
    assert ChildDay.objects.filter(status="present").count() == 3
    assert "All have come" not in html(client.get(f"/en{SHEET}"))
    other = make.nursery_class(community=group.community)
    for wrong in (other.pk, 10**30):
        address = reverse("admin:childcare_childday_all", args=[wrong])
        assert client.post(address).status_code == 404
    assert client.get(url).status_code == 405


def test_nurse_taps_that_a_child_is_back(client, gone, clock):
    clock.move_to(NOON)
    group = gone.nursery_class
    client.force_login(make.nurse(group, community=group.community))
    client.post(reverse("admin:childcare_childday_do", args=[gone.application.code]), {"verb": "back"})
    assert ChildDay.objects.get().status == "present"
