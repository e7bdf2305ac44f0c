"""Twelve elders given to one volunteer at once: five places, five elders."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, connections, transaction

from circle.models import Resident
from eldercare import actions
from eldercare.models import Pairing, Volunteer
from eldercare.models.volunteers import MOST_ELDERS
from tests import make
from tests import make_eldercare as care

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
AT = make.MORNING
ASKED = 12


def test_volunteer_gets_five_elders_of_twelve(at_once):
    volunteer, boss = care.volunteer(), care.coordinator()
    elders = [care.elder() for _ in range(ASKED)]

    def pair(pk: int):
        def call() -> object:
            elder = Resident.objects.select_related("building").get(pk=pk)
            try:
                return actions.pair_elder(
                    volunteer=Volunteer.objects.get(pk=volunteer.pk), resident=elder, at=AT, by=boss
                )
            except ValidationError as refusal:
                return refusal.code

        return call

    answers = at_once(*(pair(elder.pk) for elder in elders))
    got = [answer for answer in answers if isinstance(answer, Pairing)]
    assert sorted(pairing.place for pairing in got) == [1, 2, 3, 4, 5]
    assert [answer for answer in answers if not isinstance(answer, Pairing)] == ["five_at_most"] * (
        ASKED - MOST_ELDERS
    )


@pytest.mark.planted
def test_naive_code_lets_several_at_the_last_place():
    """The negative control: count, then write. Only PostgreSQL lets two in at a time; the table takes one."""
    volunteer, boss = care.volunteer(), care.coordinator()
    start, counted = threading.Barrier(8), threading.Barrier(8)
    elders = [care.elder() for _ in range(8)]
    for known in [care.elder() for _ in range(4)]:  # one place is left
        actions.pair_elder(volunteer=volunteer, resident=known, at=AT, by=boss)

    def naive(elder: Resident) -> bool:
        try:
            connection.ensure_connection()
            start.wait(timeout=20)
            with transaction.atomic():
                has = Pairing.objects.filter(volunteer=volunteer, ended_at=None).count()
                if connection.vendor == "postgresql":
                    counted.wait(timeout=20)  # all have counted before the first one writes
                if has >= MOST_ELDERS:
                    return False
                write(volunteer, elder)
        except IntegrityError:  # let in by the count, refused by the constraint
            return True
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(8) as pool:
        let_in = sum(pool.map(naive, elders))
    assert let_in > 1 if connection.vendor == "postgresql" else let_in == 1
    assert Pairing.objects.filter(volunteer=volunteer, ended_at=None).count() == MOST_ELDERS


def write(volunteer: Volunteer, elder: Resident) -> None:
    Pairing.objects.create(
        community_id=volunteer.community_id,
        volunteer=volunteer,
        resident=elder,
        place=MOST_ELDERS,
        begun_at=AT,
    )
