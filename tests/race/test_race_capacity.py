"""Many clients, few places: the number sold is the number there is, on both databases."""

import pytest
from django.db import connection

from services.models import Booking, Slot
from tests.race import crowd, ledger
from tests.race.hall import Hall, lay_out

pytestmark = [pytest.mark.race, pytest.mark.long, pytest.mark.django_db(transaction=True)]

CLIENTS = 32
OVER_HTTP = range(0, CLIENTS, 3)
PAGES = 12  # slots that a client over HTTP goes through: its answers cost ten times as much …
ALONE = 5  # … so these are left to HTTP, or the actions might have sold all before the server is warm
SECONDS = 90


def test_32_clients_sell_exactly_1000_places(hall_server):
    hall = lay_out(slots=50, places=20, families=CLIENTS // 2, members=80, for_staff_every=5)
    assert hall.places == 1000
    online = [slot for slot in hall.slots if slot.channel == Slot.Channel.ONLINE]
    apart, shared = online[:ALONE], [slot for slot in hall.slots if slot not in online[:ALONE]]
    plans = []
    for number in range(CLIENTS):
        if number in OVER_HTTP:
            some = [online[(number + step) % len(online)] for step in range(PAGES)]
            plans.append(plan_over_http(hall, hall_server.origin, number, {*apart, *some}))
        else:
            plans.append(plan(hall, number, shared))

    answers = crowd.let_loose(plans)

    assert ledger.errors(answers) == []
    assert ledger.faults(answers) == []
    assert Booking.objects.live().count() == 1000
    assert set(Slot.objects.values_list("capacity", "taken")) == {(20, 20)}
    assert {answer.refused for answer in answers} == {"", "full", "already_booked"}
    assert Booking.objects.filter(status="cancelled").count() > CLIENTS
    over_http = {answer.code for answer in answers if answer.is_over_http and answer.is_done}
    assert Booking.objects.live().filter(code__in=over_http).count() >= ALONE * 20


def plan(hall: Hall, number: int, slots: list[Slot], *, kind: str = "Caller", cancels: int = 2):
    """Two clients book for one family: they meet at the rule of one booking a day, too."""
    family = hall.families[number // 2]
    task = crowd.filling(slots, family, seed=number, seconds=SECONDS, cancels=cancels)
    return crowd.caller(hall, kind) | task


def plan_over_http(hall: Hall, origin: str, number: int, slots: set[Slot]):
    family = hall.families[number // 2]
    task = crowd.filling(slots, family, seed=number, seconds=SECONDS, cancels=2)
    return crowd.browser(hall, origin, family[0].login) | task


@pytest.mark.planted
def test_naive_code_oversells_under_the_same_load():
    """The negative control: without it a race test may pass because nothing ever raced.

    Only PostgreSQL can be oversold: on SQLite, IMMEDIATE lets one writer in at a time, reading included.
    """
    hall = lay_out(slots=50, places=20, families=CLIENTS // 2, members=80)
    plans = [plan(hall, number, hall.slots, kind="Naive", cancels=0) for number in range(CLIENTS)]

    crowd.let_loose(plans)

    sold = Booking.objects.live().count()
    if connection.vendor == "postgresql":
        assert sold > 1000
        assert list(ledger.oversold())
    else:
        assert sold == 1000
        assert not list(ledger.oversold())
