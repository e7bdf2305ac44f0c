"""kill -9 under load: what was promised is there, and none of it twice. The long form: bench/crash.py."""

import pytest

from services.models import Booking
from tests.race import errands, ledger
from tests.race.blows import blows_for
from tests.race.crash import AT_MOST, storm
from tests.race.errand_ledger import errand_faults
from tests.race.hall import lay_out

pytestmark = [pytest.mark.race, pytest.mark.long, pytest.mark.django_db(transaction=True)]


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


def test_nothing_acknowledged_is_lost_in_care_nursery_and_council_while_the_clock_jumps(
    clocked_server, clock
):
    """The same over the other apps, beside the hall, a day ahead and back; meals do not exist yet."""
    assert clock.library, "libfaketime was not found; on Debian and Ubuntu: apt-get install libfaketime"
    hall = lay_out(slots=50, places=20, families=4, members=250)
    found = errands.lay_out(families=4, members=4, children=4)

    told = storm(
        hall,
        clocked_server,
        seconds=5,
        processes=2,
        more={"clock": clock.jump},
        others=errands.plans(found, clocked_server.origin, seconds=AT_MOST),
    )

    assert ledger.errors(told.answers) == []
    assert ledger.faults(told.answers, refusals=["full", "already_cancelled", "slot_closed"]) == []
    assert errand_faults(told.answers) == []
    done = {answer.op for answer in told.answers if answer.is_done}
    assert done >= {"book", "care", "topic", "accept", "decline"}
    assert told.blows["clock"] >= 1
