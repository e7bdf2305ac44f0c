"""Two at once: a trial half-day is booked while its place is given up; two families take the last time."""

import threading
import time

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from childcare import actions
from childcare.actions import visits
from childcare.models import Application, NurseryVisit
from tests import make as ground
from tests import make_childcare as make
from tests.make import MORNING

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def code(answer) -> str:
    if isinstance(answer, Exception) and not isinstance(answer, ValidationError):
        raise answer
    return answer.code if isinstance(answer, ValidationError) else ""


def trial_while_the_place_is_declined(at_once) -> list[str]:
    """Declined in a transaction that stays open for a moment; in it, the trial is booked."""
    child = make.offered(guardian=ground.own_resident(community=ground.here()))
    slot = make.visit_slot(plan=make.visit_plan("trial", facility=child.nursery_class.facility))
    is_declining = threading.Event()
    who = {"via": "online", "at": MORNING, "by": child.guardian.login}

    def decline() -> None:
        with transaction.atomic():
            actions.decline_offer(application=child, **who)
            is_declining.set()
            time.sleep(0.5)

    def book() -> NurseryVisit:
        row = Application.objects.shown().get(pk=child.pk)
        assert is_declining.wait(timeout=20)
        return actions.book_visit(slot=slot, resident=child.guardian, application=row, **who)

    return [code(answer) for answer in at_once(decline, book)]


def test_no_trial_is_booked_for_a_place_that_is_being_declined(at_once):
    assert trial_while_the_place_is_declined(at_once) == ["", "trial_without_place"]
    assert not NurseryVisit.objects.exists()


@pytest.mark.planted
def test_without_the_look_under_the_lock_a_trial_stands_for_no_place(at_once, monkeypatch):
    """The negative control of the test above: whether there is a place was asked before."""
    monkeypatch.setattr(visits, "check_trial", lambda *said: None)
    monkeypatch.setattr(visits, "lock_application", lambda application: application)
    assert trial_while_the_place_is_declined(at_once) == ["", ""]
    assert NurseryVisit.objects.live().exclude(application__status__in=["offered", "accepted"]).exists()


def test_the_last_time_has_one_family(at_once):
    slot = make.visit_slot()
    people = [ground.own_resident(community=slot.community) for _ in range(3)]
    said = {"via": "online", "at": MORNING}
    calls = [
        lambda person=person: actions.book_visit(slot=slot, resident=person, by=person.login, **said)
        for person in people
    ]
    assert sorted(code(answer) for answer in at_once(*calls)) == ["", "full", "full"]
    slot.refresh_from_db()
    assert (slot.taken, NurseryVisit.objects.count()) == (1, 1)
