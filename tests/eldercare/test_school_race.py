"""Many ask for the last places of a class at once: as many as there are get one, the others are told."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, connections, transaction

from circle.models import Resident
from eldercare import actions
from eldercare.models import Enrolment, SchoolClass
from tests import make, make_school
from tests import make_eldercare as care
from tests.race.hall import settle

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
AT = make.MORNING
ASKED, PLACES = 12, 2
FAMILIES, MEMBERS = 20, 50  # each family at one phone


def outcome_of(**asked: Any) -> str:
    try:
        return str(actions.enrol(**asked).status)
    except ValidationError as refusal:
        return str(refusal.code)


def test_last_places_of_a_class_are_given_once(at_once):
    row, boss = make_school.school_class(capacity=PLACES), care.coordinator()
    elders = [care.elder() for _ in range(ASKED)]

    def ask(pk: int):
        def call() -> object:
            asked = {"school_class": SchoolClass.objects.shown().get(pk=row.pk), "via": "phone"}
            try:
                return actions.enrol(**asked, resident=Resident.objects.get(pk=pk), at=AT, by=boss).status
            except ValidationError as refusal:
                return refusal.code

        return call

    answers = at_once(*(ask(elder.pk) for elder in elders))
    assert sorted(answers) == ["class_full"] * (ASKED - PLACES) + ["enrolled"] * PLACES
    assert Enrolment.objects.filter(school_class=row, status="enrolled").count() == PLACES


@pytest.mark.long
def test_thousand_neighbours_ask_for_thirty_places_at_eight_and_nobody_gets_an_error(at_once):
    row = make_school.school_class(capacity=30)
    families = settle(row.community, FAMILIES, MEMBERS)

    def ask(family: list[Resident]):
        def call() -> list[str]:
            asked = {"school_class": SchoolClass.objects.shown().get(pk=row.pk), "via": "online", "at": AT}
            return [outcome_of(resident=person, by=person.login, **asked) for person in family]

        return call

    answers = at_once(*(ask(family) for family in families))
    assert [each for each in answers if isinstance(each, Exception)] == []
    outcomes = Counter(outcome for each in answers for outcome in each)
    assert outcomes == {"enrolled": 30, "class_full": FAMILIES * MEMBERS - 30}
    assert SchoolClass.objects.get(pk=row.pk).taken == 30


def test_two_classes_at_once_do_not_exceed_the_courses_of_a_person(at_once):
    term = make_school.term(most_courses=1)
    classes, boss, elder = (
        [make_school.school_class(term=term) for _ in range(4)],
        care.coordinator(),
        care.elder(),
    )

    def ask(pk: int):
        def call() -> object:
            asked: dict[str, Any] = {"school_class": SchoolClass.objects.shown().get(pk=pk), "via": "phone"}
            try:
                return actions.enrol(
                    **asked, resident=Resident.objects.get(pk=elder.pk), at=AT, by=boss
                ).status
            except ValidationError as refusal:
                return refusal.code

        return call

    answers = at_once(*(ask(each.pk) for each in classes))
    assert sorted(answers) == ["enrolled"] + ["too_many_courses"] * 3


@pytest.mark.planted
def test_naive_code_oversells_a_class():
    """The negative control: count, then write. Only PostgreSQL lets several in at a time."""
    row, boss = make_school.school_class(capacity=1), care.coordinator()
    start, counted = threading.Barrier(8), threading.Barrier(8)
    elders = [care.elder() for _ in range(8)]

    def naive(elder: Resident) -> bool:
        try:
            connection.ensure_connection()
            start.wait(timeout=20)
            with transaction.atomic():
                pupils = Enrolment.objects.filter(school_class=row, status="enrolled").count()
                if connection.vendor == "postgresql":
                    counted.wait(timeout=20)  # all have counted before the first one writes
                if pupils >= row.capacity:
                    return False
                write(row, elder, boss)
        except IntegrityError:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(8) as pool:
        let_in = sum(pool.map(naive, elders))
    assert let_in > 1 if connection.vendor == "postgresql" else let_in == 1
    Enrolment.objects.all().delete()  # what was planted, and broke the promise


def write(row: SchoolClass, elder: Resident, boss: object) -> None:
    Enrolment.objects.create(
        community_id=row.community_id,
        term=row.term,
        school_class=row,
        resident=elder,
        status="enrolled",
        status_at=AT,
        ordinal=1,
        via="phone",
        booked_at=AT,
        booked_by=boss,
    )
