"""Two clocks tell nobody twice, and several who say yes for one person open one errand."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, connections, transaction

from circle.models import Message, Resident
from circle.notifications import notify
from eldercare import actions
from eldercare.models import RightNotice
from services.models import AgencyCase
from tests import make, make_rights

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
AT = make.MORNING
CLOCKS, PEOPLE = 6, 5


def test_six_clocks_tell_each_of_five_once(at_once):
    make_rights.announced()
    for days in range(PEOPLE):
        make_rights.turns(80, AT.date() + dt.timedelta(days=days))
    told = at_once(*[lambda: actions.tell_rights(at=AT)] * CLOCKS)
    assert [each for each in told if isinstance(each, Exception)] == []
    assert sum(told) == RightNotice.objects.count() == PEOPLE
    assert Message.objects.filter(event="right_begins").count() == PEOPLE


def test_several_answers_at_once_open_one_errand(at_once):
    row = make_rights.notice()
    clerk = make.post("hall_clerk", community=row.community).user

    def say(action):
        def call() -> str:
            own = RightNotice.objects.shown().get(pk=row.pk)
            try:
                return action(notice=own, via="phone", at=AT, by=clerk).status
            except ValidationError as refusal:
                return refusal.code

        return call

    said = at_once(*[say(actions.accept_right)] * 4, *[say(actions.decline_right)] * 2)
    row.refresh_from_db()
    assert set(said) <= {"accepted", "declined", "not_possible", "changed_meanwhile"}
    assert said[:4] == ["accepted"] * 4
    assert row.status == "accepted"
    assert AgencyCase.objects.get() == row.case


def test_a_second_no_at_the_same_time_changes_nothing(at_once):
    row = make_rights.notice()
    clerk = make.post("hall_clerk", community=row.community).user

    def no() -> str:
        own = RightNotice.objects.shown().get(pk=row.pk)
        return actions.decline_right(notice=own, via="phone", at=AT, by=clerk).status

    assert at_once(*[no] * 6) == ["declined"] * 6


@pytest.mark.planted
def test_naive_clock_tells_somebody_twice():
    """The negative control: look, then write. Only PostgreSQL lets several in at a time."""
    make_rights.announced()
    person = make_rights.turns(80, AT.date() + dt.timedelta(days=1))
    start, looked = threading.Barrier(CLOCKS), threading.Barrier(CLOCKS)

    def naive(number: int) -> bool:
        try:
            connection.ensure_connection()
            start.wait(timeout=20)
            with transaction.atomic():
                is_told = Message.objects.filter(event="right_begins", resident=person).exists()
                if connection.vendor == "postgresql":
                    looked.wait(timeout=20)  # all have looked before the first one writes
                if is_told:
                    return False
                notify(
                    event="right_begins",
                    community=person.community_id,
                    at=AT,
                    dedupe=f"naive:{number}",
                    resident=Resident.objects.get(pk=person.pk),
                )
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(CLOCKS) as pool:
        told = sum(pool.map(naive, range(CLOCKS)))
    assert told > 1 if connection.vendor == "postgresql" else told == 1
