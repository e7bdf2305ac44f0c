"""Many at once: one alarm for a person, each step of the clock once, one who sees to it."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from circle import actions
from circle.models import Alarm, AlarmStep, Message, Resident
from tests import make

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
MANY = 8
AT = make.MORNING
LATE = AT + dt.timedelta(minutes=61)
RULE = {"retry": 5, "contacts": 10, "each": 5, "nearby": 15, "leader": 30, "director": 60}


def errors(answers: list) -> list:
    return [each for each in answers if isinstance(each, Exception) and not isinstance(each, ValidationError)]


@pytest.fixture
def silent() -> list[Alarm]:
    """A hundred alarms that nobody sees to."""
    make.rule("alarm_steps", params=RULE | {"repeat": 60, "silence": 60})
    for role in ("elder_coordinator", "volunteer_leader", "director"):
        make.post(role, community=make.here())
    people = [make.resident() for _ in range(100)]
    return [actions.raise_alarm(resident=each, source="help", at=AT) for each in people]


def test_calls_at_once_about_one_person_are_one_alarm(at_once):
    person = make.resident()

    def ring() -> Alarm:
        return actions.raise_alarm(resident=Resident.objects.get(pk=person.pk), source="help", at=AT)

    answers = at_once(*[ring] * MANY)
    assert errors(answers) == []
    assert Alarm.objects.count() == 1
    assert sorted(AlarmStep.objects.values_list("kind", flat=True)) == ["joined"] * (MANY - 1) + ["raised"]


def test_hundred_silent_alarms_move_on_within_one_tick_once_each_on_two_machines(at_once, silent):
    answers = at_once(*[lambda: actions.escalate_alarms(at=LATE)] * 2)
    assert errors(answers) == []
    assert sum(answers) == 300
    for kind in ("retry", "leader", "director"):
        assert AlarmStep.objects.filter(kind=kind).count() == 100
    assert Message.objects.filter(event="alarm_again").count() == 300


def test_one_of_many_takes_it_on(at_once):
    alarm = actions.raise_alarm(resident=make.resident(), source="help", at=AT)
    people = [make.user() for _ in range(MANY)]

    def take_on(user):
        return lambda: actions.acknowledge_alarm(alarm=Alarm.objects.get(pk=alarm.pk), at=AT, by=user)

    answers = at_once(*[take_on(user) for user in people])
    assert errors(answers) == []
    refused = [each.code for each in answers if isinstance(each, ValidationError)]
    assert refused == ["already_acknowledged"] * (MANY - 1)


def test_without_the_constraint_there_would_be_two(at_once):
    """The negative control: looking first and writing afterwards doubles it, but for the constraint."""
    person, barrier = make.resident(), threading.Barrier(2)
    here = {"community_id": person.community_id, "resident_id": person.pk, "source": "help"}
    moments = {"raised_at": AT, "status_at": AT, "waits_from": AT}

    def naive() -> bool:
        is_free = not Alarm.objects.live().filter(resident=person.pk).exists()
        barrier.wait(timeout=10)
        with transaction.atomic():
            Alarm.objects.create(**here, **moments)
        return is_free

    answers = at_once(naive, naive)
    assert sum(isinstance(each, IntegrityError) for each in answers) == 1  # both had seen it free
    assert Alarm.objects.count() == 1
