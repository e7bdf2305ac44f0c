"""A place that was accepted and not taken up becomes free by the clock, unless somebody has spoken up."""

import datetime as dt

import pytest

from childcare import actions
from childcare.actions.enrolment import release_untaken_places, report_untaken_places
from childcare.hooks.schedule import find_violations, tick
from childcare.models import Application, HeadTask
from circle.models import Message
from tests import make as ground
from tests import make_childcare as make

pytestmark = pytest.mark.django_db
FIRST = make.FIRST_MORNING
ONE_DAY = dt.timedelta(days=1)


@pytest.fixture
def untaken():
    """The first day is over and the head has the task."""
    make.take_up_rule()
    found = make.accepted()
    report_untaken_places(at=FIRST + ONE_DAY)
    return found


def status(found) -> str:
    return Application.objects.get(pk=found.pk).status


@pytest.mark.parametrize(("days", "left"), [(4, "accepted"), (5, "lapsed")])
def test_place_is_free_after_the_days_of_the_rule(untaken, days, left):
    list(tick(FIRST + days * ONE_DAY))
    assert status(untaken) == left
    assert make.taken() == (left == "accepted")
    assert HeadTask.objects.open().exists() == (left == "accepted")
    assert list(find_violations()) == []


def test_a_second_run_releases_nothing_more_and_tells_nobody_twice(untaken):
    late = FIRST + 6 * ONE_DAY
    assert [release_untaken_places(at=late), release_untaken_places(at=late)] == [1, 0]
    assert Message.objects.filter(event="application_lapsed").count() == 1


def test_place_stays_where_the_head_has_settled_it_with_the_family(untaken):
    task = HeadTask.objects.get()
    actions.close_task(task=task, words="下周一来", at=FIRST + 2 * ONE_DAY, by=ground.user())
    list(tick(FIRST + 20 * ONE_DAY))
    assert status(untaken) == "accepted"


def test_nothing_is_released_without_the_rule():
    found = make.accepted()
    report_untaken_places(at=FIRST + ONE_DAY)
    assert release_untaken_places(at=FIRST + 20 * ONE_DAY) == 0
    assert status(found) == "accepted"


def test_objection_holds_the_place(untaken):
    HeadTask.objects.create(application=untaken, kind="objection", opened_at=FIRST)
    assert release_untaken_places(at=FIRST + 20 * ONE_DAY) == 0
