"""kill -9 under load: what was promised is there, and none of it twice. The long form: bench/crash.py."""

import pytest

from services.models import Booking
from tests.race import ledger
from tests.race.blows import blows_for
from tests.race.crash import storm
from tests.race.hall import lay_out

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_no_acknowledged_booking_is_lost_when_workers_and_servers_are_killed(hall_server):
    hall = lay_out(slots=50, places=20, families=8, members=250)

    found = storm(hall, hall_server, seconds=5, processes=2, more={})

    assert ledger.errors(found.answers) == []  # every client got its answer in the end
    assert ledger.faults(found.answers, refusals=["full", "already_cancelled", "slot_closed"]) == []
    assert found.blows["worker"] >= 2
    assert found.blows["server"] >= 1
    assert found.retries > 0
    assert Booking.objects.count() > 10


def test_no_acknowledged_booking_is_lost_on_a_full_disk_or_when_duties_run_twice(hall_server):
    """A full disk on SQLite; on PostgreSQL the server process is killed by bench/crash.py."""
    hall = lay_out(slots=50, places=20, families=8, members=250)

    found = storm(hall, hall_server, seconds=5, processes=2, more=blows_for(hall_server))

    assert ledger.errors(found.answers) == []
    assert ledger.faults(found.answers, refusals=["full", "already_cancelled", "slot_closed"]) == []
    assert sum(found.blows[name] for name in blows_for(hall_server)) >= 1
    assert Booking.objects.count() > 10
