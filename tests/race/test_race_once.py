"""A double click, a retry, two helpers of one person: one booking."""

import pytest

from circle.booking.idempotency import new_key
from services.models import Booking
from tests.race import crowd, ledger
from tests.race.hall import lay_out

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

CALLERS = 12
BROWSERS = 6
ROUNDS = 8


def test_parallel_posts_with_one_key_make_one_booking(hall_server):
    """One place in each slot: whoever comes second must get the first one's answer, not "full"."""
    hall = lay_out(slots=ROUNDS, places=1, families=1, members=1, days=ROUNDS)
    [[person]] = hall.families
    task = crowd.following(*[("book", person.pk, slot.pk, new_key()) for slot in hall.slots])
    plans = [crowd.caller(hall) | task for _ in range(CALLERS)]
    plans += [crowd.browser(hall, hall_server.origin, person.login) | task for _ in range(BROWSERS)]

    answers = crowd.let_loose(plans)

    assert ledger.errors(answers) == []
    assert ledger.faults(answers, refusals=[]) == []
    assert len({(answer.key, answer.code) for answer in answers}) == ROUNDS
    assert len(answers) == ROUNDS * (CALLERS + BROWSERS)
    assert Booking.objects.count() == ROUNDS


def test_parallel_posts_with_many_keys_book_once_for_a_person_and_day(hall_server):
    """Each at another time of the same day, so that nothing but the rule of one a day keeps them apart."""
    clients = CALLERS + BROWSERS
    hall = lay_out(slots=clients, places=ROUNDS, families=1, members=ROUNDS, days=1)
    [family] = hall.families
    plans = []
    for number, slot in enumerate(hall.slots):
        is_browser = number < BROWSERS
        who = crowd.browser(hall, hall_server.origin, family[0].login) if is_browser else crowd.caller(hall)
        plans.append(who | crowd.following(*[("book", person.pk, slot.pk, new_key()) for person in family]))

    answers = crowd.let_loose(plans)

    assert ledger.errors(answers) == []
    assert ledger.faults(answers, refusals=["already_booked"]) == []
    assert sorted(Booking.objects.values_list("resident", flat=True)) == [person.pk for person in family]
    assert sum(answer.refused == "already_booked" for answer in answers) == ROUNDS * (clients - 1)
