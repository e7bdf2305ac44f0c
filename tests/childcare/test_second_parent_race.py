"""Two at once: the other parent confirms while another child is entered; two tabs name a second parent."""

import threading
import time

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from childcare import actions
from childcare.actions import former_parents
from childcare.models import Application, SecondParent
from tests import make as ground
from tests import make_childcare as make
from tests.make import MORNING

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def code(answer) -> str:
    return answer.code if isinstance(answer, ValidationError) else ""


def another_child_while_the_other_parent_confirms(at_once) -> Application:
    """The father confirms in a transaction that stays open for a moment; in it, the mother enters another
    child in the same row."""
    found, father = make.submitted(child_name="小明"), ground.own_resident()
    entry = make.second_parent(found, father.phone)
    actions.send_back(application=found, missing="体检表没有盖章", at=MORNING, by=ground.user())
    born_on, is_confirming = found.child.born_on, threading.Event()

    def confirm() -> None:
        with transaction.atomic():
            actions.confirm_second_parent(
                entry=entry, name="", child_born_on=born_on, at=MORNING, by=father.login
            )
            is_confirming.set()
            time.sleep(0.5)

    def enter() -> Application:
        row = Application.objects.get(pk=found.pk)
        assert is_confirming.wait(timeout=20)
        return actions.fill_child(
            application=row,
            child_name="小红",
            child_born_on=born_on.replace(day=born_on.day % 28 + 1),
            is_another=True,
            nursery_class=found.nursery_class,
            start_on=make.START,
            via="online",
            at=MORNING,
            by=found.guardian.login,
        )

    assert [code(answer) for answer in at_once(confirm, enter)] == ["", ""]
    return Application.objects.shown().get(pk=found.pk)


def test_whoever_is_confirming_meanwhile_is_no_guardian_of_another_child(at_once):
    found = another_child_while_the_other_parent_confirms(at_once)
    assert found.child.name == "小红"
    assert list(actions.guardians_of(found.child)) == [found.guardian]
    assert not SecondParent.objects.current().exists()


def test_with_entries_read_before_the_confirmation_the_guardian_stays(at_once, monkeypatch):
    """The negative control of the test above."""

    def as_they_were(application: Application) -> list[SecondParent]:
        rows = SecondParent.objects.current().filter(application=application)
        for row in rows:
            row.confirmed_at = row.confirmed_by = None
        return list(rows)

    monkeypatch.setattr(former_parents, "locked_entries", as_they_were)
    found = another_child_while_the_other_parent_confirms(at_once)
    assert actions.guardians_of(found.child).count() == 2


def test_two_tabs_name_one_second_parent(at_once):
    found = make.submitted()
    answers = at_once(*[lambda: make.second_parent(found)] * 2)
    assert sorted(code(answer) for answer in answers) == ["", "already_named"]
