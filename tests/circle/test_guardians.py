"""Who answers for a child, and what that opens."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from circle.actions import add_guardian, end_guardianship
from circle.models import Guardianship, Record, Resident
from tests import make

pytestmark = pytest.mark.django_db

AT = make.MORNING


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(AT, tick=False) as clock:
        yield clock


def child(born_on: dt.date | None = dt.date(2024, 5, 1), **values) -> Resident:
    return make.resident(born_on=born_on, **values)


def add(child, adult, **values) -> Guardianship:
    return add_guardian(child=child, adult=adult, at=AT, by=make.clerk(), **values)


def code_of(*args) -> str:
    with pytest.raises(ValidationError) as refusal:
        add(*args)
    return refusal.value.code


def test_a_child_has_two_guardians_who_both_act_for_it():
    mother, father, small = make.own_resident(), make.own_resident(), child()
    add(small, mother)
    add(small, father, rank=2)
    for parent in (mother, father):
        assert set(Resident.objects.represented_by(parent.login, "bookings")) == {parent, small}
    assert [row.adult for row in small.guardianships.all()] == [mother, father]


def test_a_guardian_stands_once_and_can_come_back():
    small, mother = child(), make.own_resident()
    row = add(small, mother)
    assert add(small, mother) == row
    end_guardianship(guardianship=row, at=AT, by=None)
    assert set(Resident.objects.represented_by(mother.login)) == {mother}
    assert add(small, mother).ended_at is None
    with pytest.raises(IntegrityError), transaction.atomic():
        make.guardianship(child=small, adult=mother)
    verbs = [kept.verb for kept in Record.objects.about(row).order_by("id")]
    assert verbs == ["guardian_added", "guardian_ended", "guardian_added"]


def test_guardianship_is_refused():
    mother = make.own_resident()
    assert code_of(child(community=make.community()), mother) == "other_community"
    assert code_of(child(dt.date(2008, 11, 24)), mother) == "not_a_child"
    assert code_of(child(), child()) == "not_an_adult"
    assert code_of(child(died_on=AT.date()), mother) == "resident_gone"
    assert Guardianship.objects.count() == 0


def test_guardianship_ends_on_the_eighteenth_birthday(clock):
    row = make.guardianship(child=child(dt.date(2008, 11, 25)))
    assert row.child in Resident.objects.represented_by(row.adult.login)
    clock.move_to(AT + dt.timedelta(days=1))
    assert row.child not in Resident.objects.represented_by(row.adult.login)


def test_a_stranger_reaches_no_child():
    make.guardianship()
    assert set(Resident.objects.represented_by(make.resident_login())) == set()
