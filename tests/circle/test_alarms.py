"""One alarm: raised once for a person, told on by the clock, acknowledged and closed by a named human."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from circle import actions
from circle.models import Alarm, AlarmStep, Message, Record
from circle.privacy.data_export import WIPED_TEXT, placeholder_resident
from tests import make

pytestmark = pytest.mark.django_db
AT = make.MORNING
RULE = {"retry": 5, "contacts": 10, "each": 5, "nearby": 15, "leader": 30, "director": 60}
RULE |= {"repeat": 60, "silence": 45}


@pytest.fixture(autouse=True)
def rule():
    return make.rule("alarm_steps", params=RULE)


@pytest.fixture
def staff():
    roles = ("elder_coordinator", "volunteer_leader", "director")
    return {role: make.post(role, community=make.here()).user for role in roles}


def after(minutes: float) -> dt.datetime:
    return AT + dt.timedelta(minutes=minutes)


def call(resident=None, minutes: float = 0, **values) -> Alarm:
    resident = resident or make.resident(building=make.building())
    return actions.raise_alarm(resident=resident, source="help", at=after(minutes), **values)


def kinds(alarm: Alarm) -> list[str]:
    return list(alarm.steps.values_list("kind", flat=True))


def readers(event: str) -> list:
    rows = Message.objects.filter(event=event).order_by("pk")
    return [row.user_id or row.resident for row in rows]


def refused(call, **values) -> str:
    with pytest.raises(ValidationError) as refusal:
        call(**values)
    return refusal.value.code


def test_calls_about_one_person_are_one_alarm_with_the_timers_of_the_first(staff):
    resident = make.resident()
    first = call(resident, words="摔倒了")
    assert call(resident, 2, words="又打来一次") == call(resident, 3, words="邻居也打来") == first
    assert kinds(first) == ["raised", "joined", "joined"]
    first.refresh_from_db()
    assert (first.waits_from, first.words) == (AT, "摔倒了")
    assert readers("alarm_raised") == [staff["elder_coordinator"].pk]


def test_matter_joins_once_however_often_it_is_reported(staff):
    resident, subject = make.resident(), make.booking()
    alarm = call(resident, subject=subject)
    assert call(resident, 1, subject=subject) == call(resident, 1, subject=subject) == alarm
    assert kinds(alarm) == ["raised"]
    assert list(Alarm.objects.about(subject)) == [alarm]


def test_duty_of_the_roster_hears_first(staff):
    on_duty, later = make.user(), make.user()
    make.duty(user=on_duty, starts_at=AT, ends_at=after(60))
    make.duty(user=later, starts_at=after(30), ends_at=after(60))
    call(make.resident())
    assert readers("alarm_raised") == [on_duty.pk]


def test_silence_moves_it_on_step_by_step_each_once(staff):
    grid = make.grid()
    resident = make.resident(building=make.building(grid=grid))
    near = make.post("grid_worker", community=make.here(), grid=grid).user
    agents = [make.mandate(principal=resident).agent for _ in range(2)]
    alarm = call(resident)
    seen = []
    for minute in (4, 5, 10, 14, 15, 30, 59, 60, 60, 61):
        actions.escalate_alarms(at=after(minute))
        actions.escalate_alarms(at=after(minute))
        seen.append(len(kinds(alarm)) - 1)
    assert kinds(alarm) == ["raised", "retry", "contact", "contact", "nearby", "leader", "director"]
    assert seen == [0, 1, 2, 2, 4, 5, 5, 6, 6, 6]
    assert readers("alarm_contact") == [agent.pk for agent in agents]
    assert readers("alarm_nearby") == [near.pk]
    leader, director = staff["volunteer_leader"].pk, staff["director"].pk
    assert readers("alarm_again") == [staff["elder_coordinator"].pk, leader, director]


def test_late_tick_takes_all_that_is_due_in_order_and_a_new_round_follows(staff):
    alarm = call()
    actions.escalate_alarms(at=after(200))
    assert kinds(alarm) == ["raised", "retry", "leader", "director"]
    alarm.refresh_from_db()
    assert (alarm.round, alarm.waits_from) == (2, after(200))
    actions.escalate_alarms(at=after(205))
    assert kinds(alarm)[-1] == "retry"


def test_guardians_of_a_child_are_told_by_their_rank_and_no_neighbour(staff):
    head = make.post("nursery_head", community=make.here()).user
    child = make.resident(building=make.building(), born_on=dt.date(2024, 5, 1))
    second, first = make.resident(), make.resident()
    make.guardianship(child=child, adult=second, rank=2)
    make.guardianship(child=child, adult=first, rank=1)
    alarm = actions.raise_alarm(resident=child, source="not_collected", at=AT)
    actions.escalate_alarms(at=after(30))
    assert readers("alarm_child") == [first, second]
    assert readers("alarm_raised") == [head.pk]
    assert kinds(alarm) == ["raised", "retry", "contact", "contact", "leader"]


def test_only_a_person_acknowledges_and_the_clock_stops_until_nothing_is_heard(staff):
    alarm, boss, other = call(), staff["elder_coordinator"], staff["director"]
    actions.acknowledge_alarm(alarm=alarm, at=after(1), by=boss)
    actions.escalate_alarms(at=after(45))
    assert kinds(alarm) == ["raised", "acknowledged"]
    given = {"alarm": alarm, "at": after(10)}
    assert refused(actions.acknowledge_alarm, **given, by=other) == "already_acknowledged"
    actions.note_alarm(**given, by=boss, words="邻居去敲门了")
    actions.escalate_alarms(at=after(59))
    assert kinds(alarm)[2:] == ["noted"]
    actions.escalate_alarms(at=after(61))
    assert kinds(alarm)[3:] == ["retry"]
    actions.acknowledge_alarm(alarm=alarm, at=after(62), by=other)
    alarm.refresh_from_db()
    assert alarm.acknowledged_by == other


def test_closing_needs_words_and_a_person(staff):
    alarm, boss = call(), staff["elder_coordinator"]
    given = {"alarm": alarm, "at": after(1), "by": boss}
    assert refused(actions.close_alarm, **given, words="  ") == "reason_missing"
    assert refused(actions.note_alarm, **given, words="在路上") == "not_acknowledged"
    actions.close_alarm(**given, words="误按，人没事")
    assert (alarm.status, alarm.acknowledged_by, alarm.closed_by) == ("closed", boss, boss)
    assert refused(actions.close_alarm, **given, words="再一次") == "already_closed"
    assert refused(actions.acknowledge_alarm, **given) == "not_possible"
    assert refused(actions.note_alarm, **given, words="后来") == "not_possible"
    assert actions.escalate_alarms(at=after(500)) == 0
    assert call(alarm.resident, 3).pk != alarm.pk
    verbs = Record.objects.about(alarm).order_by("id").values_list("verb", flat=True)
    assert list(verbs) == ["alarm_raised", "alarm_closed"]


def test_settled_matter_closes_its_alarm_unless_something_else_joined(staff):
    boss, subject = staff["elder_coordinator"], make.booking()
    alone, shared = call(make.resident(), subject=subject), call(make.resident(), subject=subject)
    call(shared.resident, 1, words="邻居打来")
    actions.settle_alarm(subject=subject, at=after(2), by=boss)
    alone.refresh_from_db()
    shared.refresh_from_db()
    assert (alone.status, shared.status) == ("closed", "open")


@pytest.mark.parametrize(
    "values",
    [
        {"status": "acknowledged"},
        {"status": "closed", "closed_at": AT, "outcome": "好"},
        {"acknowledged_at": AT},
        {"outcome": "好"},
    ],
)
def test_database_refuses_an_alarm_seen_to_by_nobody(values):
    alarm = call()
    with pytest.raises(IntegrityError), transaction.atomic():
        Alarm.objects.filter(pk=alarm.pk).update(**values)


def test_database_has_one_open_alarm_for_a_person():
    alarm = call()
    alarm.pk, alarm.code, alarm._state.adding = None, "AAAAAAAA", True
    with pytest.raises(IntegrityError), transaction.atomic():
        alarm.save()


def test_step_is_not_rewritten_and_taken_once():
    step = call(words="一").steps.get()
    for change in ({"kind": "closed"}, {"at": after(5)}, {"words": "别的"}):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            AlarmStep.objects.filter(pk=step.pk).update(**change)
    taken = {"alarm": step.alarm, "kind": "retry", "round": 1, "position": 0, "at": AT}
    AlarmStep.objects.create(**taken)
    with pytest.raises(IntegrityError), transaction.atomic():
        AlarmStep.objects.create(**taken)


@pytest.mark.parametrize("values", [{"kind": "closed"}, {"kind": "noted", "words": "好"}])
def test_step_of_a_person_names_them(values):
    with pytest.raises(IntegrityError), transaction.atomic():
        AlarmStep.objects.create(alarm=call(), at=AT, **values)


@pytest.mark.parametrize("values", [{"round": 1}, {"round": 1, "position": 0, "by": True}])
def test_step_of_the_clock_names_nobody(values):
    values = {name: make.user() if value is True else value for name, value in values.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        AlarmStep.objects.create(alarm=call(), at=AT, kind="retry", **values)


def test_posts_see_the_alarms_of_their_community_and_children_only_by_right(staff):
    elder, child = call(make.resident()), make.resident()
    of_child = actions.raise_alarm(resident=child, source="not_collected", at=AT)
    call(make.resident(community=make.community()))
    assert list(Alarm.objects.for_user(staff["volunteer_leader"])) == [elder]
    assert set(Alarm.objects.for_user(staff["director"])) == {elder, of_child}
    head = make.post("nursery_head", community=make.here()).user
    assert list(Alarm.objects.for_user(head)) == [of_child]
    assert not Alarm.objects.for_user(make.clerk()).exists()


def test_words_go_with_the_person(staff):
    alarm = call(words="摔倒了")
    call(alarm.resident, 1, words="邻居打来")
    from circle.app_hooks.personal_data import anonymise_alarms, old_alarms

    actions.close_alarm(alarm=alarm, at=after(2), by=staff["director"], words="已送医院")
    anonymise_alarms(old_alarms(alarm.community_id, after(3)), after(3))
    alarm.refresh_from_db()
    assert (alarm.words, alarm.outcome) == (WIPED_TEXT, WIPED_TEXT)
    assert alarm.resident == placeholder_resident(alarm.community_id)
    assert set(alarm.steps.values_list("words", flat=True)) == {"", WIPED_TEXT}
