"""A day in the class, by the actions: coming, being absent, the day page, and who takes the child home."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from childcare import actions
from childcare.hooks.schedule import tick
from childcare.models import Application, ChildDay
from circle.actions import add_guardian, end_guardianship, report_death, revoke_mandate
from circle.models import Guardianship, Record, Rule
from tests import make as ground
from tests import make_childcare as make
from tests.make_childcare import FIRST_MORNING as AT
from tests.make_childcare import START

pytestmark = pytest.mark.django_db
HOUR, ONE_DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


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
    return actions.report_absence(application=application, by=application.guardian.login, **values | more)


def statuses() -> list[tuple[dt.date, str]]:
    return list(ChildDay.objects.order_by("day").values_list("day", "status"))


def keys(application, at=AT) -> list[str]:
    return [each.key for each in actions.collectors_of(application.child, at)]


# Absent -----------------------------------------------------------------------------------------------------


def test_absence_is_kept_for_each_working_day_and_once():
    found = make.enrolled()
    for _ in range(2):
        absent(found, last_day=START + 7 * ONE_DAY)  # over a weekend
    days = [START + n * ONE_DAY for n in (0, 1, 2, 3, 4, 7)]
    assert statuses() == [(day, "absent") for day in days]
    assert Record.objects.filter(verb="child_absent").count() == 6


def test_absence_without_the_rule_is_told_so_and_not_that_the_child_has_come():
    Rule.objects.filter(kind="nursery_absence").delete()
    assert refused(absent, application=make.enrolled()) == "rule_missing"


def test_absence_after_the_time_of_the_rule_is_kept_as_late():
    found = make.enrolled()
    [today, tomorrow] = absent(found, last_day=START + ONE_DAY, at=AT + HOUR)
    assert (today.is_late, tomorrow.is_late) == (True, False)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"reason": ""}, "reason_missing"),
        ({"first_day": START - ONE_DAY}, "day_over"),
        ({"last_day": START - ONE_DAY}, "days_in_order"),
        ({"last_day": START + 31 * ONE_DAY}, "too_long"),
        ({"first_day": START + 5 * ONE_DAY, "last_day": START + 6 * ONE_DAY}, "no_day"),
    ],
)
def test_absence_is_refused(values, code):
    assert refused(absent, application=make.enrolled(), **values) == code
    assert not ChildDay.objects.exists()


def test_absence_of_a_child_that_has_come_or_has_no_place_is_refused():
    day = make.present()
    assert refused(absent, application=day.application) == "child_here"
    assert refused(absent, application=make.accepted()) == "not_enrolled"


def test_absence_is_cancelled_and_the_child_comes():
    found = make.enrolled()
    [day] = absent(found)
    for _ in range(2):
        actions.cancel_absence(child_day=day, via="online", at=AT, by=found.guardian.login)
    assert (day.status, day.reason) == ("expected", "")
    assert Record.objects.filter(verb="child_absence_cancelled").count() == 1


def test_child_reported_absent_may_come_all_the_same():
    found = make.enrolled()
    absent(found)
    assert actions.check_in_child(application=found, at=AT, by=ground.user()).reason == ""


def test_grandparent_reports_an_absence_under_the_mandate():
    found = make.enrolled()
    mandate = ground.mandate(scope="childcare", principal=found.guardian)
    [day] = actions.report_absence(
        application=found,
        first_day=START,
        last_day=START,
        reason="ill",
        via="online",
        at=AT,
        by=mandate.agent,
    )
    assert day.mandate == mandate
    assert Record.objects.get(verb="child_absent").details["mandate"] == mandate.pk
    actions.cancel_absence(child_day=day, via="online", at=AT, by=mandate.agent)


def test_staff_report_it_by_phone_and_strangers_not_at_all():
    found = make.enrolled()
    values = {"application": found, "first_day": START, "last_day": START, "reason": "ill", "at": AT}
    stranger = ground.own_resident().login
    assert refused(actions.report_absence, via="online", by=stranger, **values) == "not_allowed"
    assert refused(actions.report_absence, via="phone", by=ground.clerk(), **values) == "not_allowed"
    assert actions.report_absence(via="phone", by=make.head(), **values)[0].status == "absent"


# The day page -----------------------------------------------------------------------------------------------


def written(day, **more):
    values = {"ate": "all", "slept": "well", "mood": "merry", "note": "", "at": AT, "by": ground.user()}
    return actions.write_day(child_day=day, **values | more)


def test_day_is_written_sealed_and_written_anew():
    day = make.present()
    written(day, note=" 今天  自己穿鞋 ")
    kept = ChildDay.objects.get()
    assert (kept.note, kept.ate, kept.slept, kept.mood) == ("今天 自己穿鞋", "all", "well", "merry")
    assert "穿鞋" not in kept.note_sealed
    assert "穿鞋" not in str(list(Record.objects.values()))
    written(day, ate="half")
    assert (ChildDay.objects.get().note, ChildDay.objects.get().ate) == ("", "half")


def test_day_of_a_child_that_is_not_here_is_not_written():
    [day] = absent(make.enrolled())
    assert refused(written, day=day) == "not_here"
    here = make.present()
    assert refused(written, day=here, note="长" * 201) == "note_too_long"
    assert refused(written, day=here, mood="angry") == "answer_unknown"


# Going home -------------------------------------------------------------------------------------------------


def collected(day, key, at=AT + HOUR):
    return actions.check_out_child(child_day=day, collector=key, at=at, by=ground.user())


def test_guardians_and_whom_they_empowered_may_collect():
    day = make.present()
    father = ground.own_resident()
    add_guardian(child=day.application.child, adult=father, rank=2, at=AT, by=ground.user())
    granny = ground.mandate(scope="childcare", principal=father)
    ground.mandate(scope="bookings", principal=father)
    mother = day.application.guardian
    assert keys(day.application) == [
        f"guardian-{mother.code}",
        f"guardian-{father.code}",
        f"mandate-{granny.code}",
    ]
    phones = {each.phone for each in actions.collectors_of(day.application.child, AT)}
    assert all("****" in phone for phone in phones)
    collected(day, f"mandate-{granny.code}")
    assert (day.status, day.collected_under, day.collected_by) == ("left", granny, None)
    assert Record.objects.get(verb="child_collected").details["mandate"] == granny.pk


def test_nobody_else_collects():
    day, other = make.present(), make.present()
    stranger = f"guardian-{other.application.guardian.code}"
    for key in (stranger, "", "guardian-nobody"):
        assert refused(collected, day=day, key=key) == "may_not_collect"
    day.refresh_from_db()
    assert day.status == "present"


def test_whose_power_has_ended_does_not_collect():
    day = make.present()
    mandate = ground.mandate(scope="childcare", principal=day.application.guardian)
    [mother, granny] = keys(day.application)
    revoke_mandate(mandate=mandate, at=AT, by=ground.user())
    assert refused(collected, day=day, key=granny) == "may_not_collect"
    end_guardianship(guardianship=Guardianship.objects.get(), at=AT, by=ground.user())
    assert refused(collected, day=day, key=mother) == "may_not_collect"


def test_a_child_leaves_once_and_a_wrong_tap_is_taken_back():
    day = make.present()
    [mother] = keys(day.application)
    collected(day, mother)
    assert refused(collected, day=day, key=mother) == "already_left"
    actions.undo_transition(child_day=day, at=AT + HOUR, by=ground.user())
    assert (day.status, day.collected_by, day.left_at) == ("present", None, None)
    actions.undo_transition(child_day=day, at=AT + HOUR, by=ground.user())
    assert (day.status, day.arrived_at) == ("expected", None)
    assert refused(actions.undo_transition, child_day=day, at=AT, by=ground.user()) == "already_expected"
    assert refused(actions.undo_transition, child_day=day, at=AT + ONE_DAY, by=ground.user()) == "not_today"
    assert refused(collected, day=day, key=mother, at=AT + ONE_DAY) == "not_today"
    assert Record.objects.filter(verb="child_undone").count() == 2


@pytest.mark.parametrize(
    "change",
    [
        {"status": "left"},
        {"status": "absent"},
        {"status": "expected"},
        {"left_at": AT},
    ],
)
def test_database_refuses_half_a_day(change):
    day = make.present()
    with pytest.raises(IntegrityError), transaction.atomic():
        ChildDay.objects.filter(pk=day.pk).update(**change)


def test_database_refuses_a_child_that_left_at_no_time():
    """A comparison with an empty moment is neither true nor false, and a CHECK lets that pass."""
    day = make.present()
    without_moment = {"status": "left", "closed_by": ground.user(), "closing_words_sealed": "x"}
    with pytest.raises(IntegrityError), transaction.atomic():
        ChildDay.objects.filter(pk=day.pk).update(**without_moment)


# Leaving the nursery ----------------------------------------------------------------------------------------


def left(application, **more):
    values = {"last_day": START + ONE_DAY, "via": "online", "at": AT, "by": application.guardian.login}
    return actions.give_notice(application=application, **values | more)


def test_place_is_free_from_the_day_after_the_last():
    found = make.enrolled()
    left(found)
    list(tick(AT + ONE_DAY))
    assert Application.objects.get().status == "enrolled"
    for _ in range(2):
        list(tick(AT + 2 * ONE_DAY))
    found.refresh_from_db()
    found.offered_class.refresh_from_db()
    assert (found.status, make.taken(found.offered_class)) == ("left", 0)
    assert refused(left, application=found) == "not_possible"
    make.filled(guardian=found.guardian, child_name=found.child.name)  # may apply again


def test_family_may_change_its_mind_until_then():
    found = make.enrolled()
    left(found)
    actions.withdraw_notice(application=found, via="online", at=AT, by=found.guardian.login)
    list(tick(AT + 3 * ONE_DAY))
    assert Application.objects.get().status == "enrolled"
    verbs = Record.objects.about(found).filter(verb__contains="notice").order_by("id")
    assert [each.verb for each in verbs] == ["application_notice_given", "application_notice_taken_back"]


def test_only_a_guardian_or_staff_say_that_a_child_leaves():
    found = make.enrolled()
    granny = ground.mandate(scope="all", principal=found.guardian).agent
    assert refused(left, application=found, by=granny) == "guardian_only"
    assert refused(left, application=found, last_day=START - ONE_DAY) == "day_over"
    assert left(found, via="phone", by=make.head()).last_day == START + ONE_DAY


@pytest.mark.parametrize(("state", "status"), [("submitted", "withdrawn"), ("enrolled", "left")])
def test_whatever_stands_for_a_child_that_died_ends(state, status):
    found = getattr(make, state)()
    report_death(resident=found.child, died_on=START, at=AT, by=ground.clerk())
    found.refresh_from_db()
    assert (found.status, make.taken(found.nursery_class)) == (status, 0)


# Who looks after a class ------------------------------------------------------------------------------------


def test_nurse_sees_the_days_of_the_own_class_and_the_head_all():
    day, other = make.present(), make.present()
    nurse = make.nurse(day.nursery_class)
    assert list(ChildDay.objects.for_user(nurse)) == [day]
    assert set(ChildDay.objects.for_user(make.head())) == {day, other}
    assert list(ChildDay.objects.for_user(day.application.guardian.login)) == [day]
    for user in (ground.clerk(), make.nurse(), make.head(community=ground.community())):
        assert not ChildDay.objects.for_user(user).exists()


def test_class_is_given_to_who_works_there_and_handed_over():
    group = make.nursery_class()
    values = {"nursery_class": group, "at": AT, "by": ground.user()}
    assert refused(actions.give_class, user=ground.clerk(), **values) == "not_of_the_nursery"
    nurse, other = make.nurse(group), make.nurse()
    teacher = group.teachers.get()
    assert actions.give_class(user=nurse, **values) == teacher
    actions.hand_over_class(teacher=teacher, to=other, at=AT, by=ground.user())
    assert list(group.teachers.current().values_list("user", flat=True)) == [other.pk]
