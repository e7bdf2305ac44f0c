"""kill -9 under load, for as long as you like: what was acknowledged must be there, and nothing sold twice.

    .ci/with-postgres .venv/bin/python bench/crash.py [seconds]
    .venv/bin/python bench/crash.py [seconds]      on a SQLite of its own

Patient clients book and cancel at the hall over HTTP, ask for care, raise topics and take or leave nursery
places, each form again with its key until the server has said yes or no. Meanwhile workers and whole servers
are killed, `tick` and `send_messages` run twice at once, and the portal's clock is a day ahead for a moment
(with libfaketime); on SQLite the disk is full for a moment; on PostgreSQL connections are ended and the
server process itself is killed, once for 20 seconds. The tests have the same in short
(tests/race/test_race_crash.py). The database must be empty.
Not covered: power loss, the clock of the database server, meals (there are none yet).
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from fresh import start

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 60
CLIENTS = 16
NEIGHBOURS, MEMBERS, CHILDREN = 8, 60, 10  # clients of the other apps, and whom each of them acts for
SLOTS, PLACES = 200, 20


def end_connections() -> bool:
    """Those of the server and of nobody else: this database is ours alone."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return cursor.fetchone()[0] > 0


def once(blow: Callable[[], bool]) -> Callable[[], bool]:
    """The first time; afterwards it hits nothing."""
    left = [blow]
    return lambda: bool(left) and left.pop()()


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        start(folder)
        from django.db import connection

        from services.models import Booking
        from tests.race import errands, hall, ledger, server
        from tests.race.blows import GONE_SECONDS, PostgresServer, blows_for
        from tests.race.clock import Clock
        from tests.race.crash import storm
        from tests.race.errand_ledger import errand_faults

        laid_out = hall.lay_out(slots=SLOTS, places=PLACES, families=CLIENTS, members=400)
        neighbours = errands.lay_out(families=NEIGHBOURS, members=MEMBERS, children=CHILDREN)
        clock = Clock(Path(folder))
        with server.served(Path(folder), clock.environment(), clock.options) as served:
            more, postgres = blows_for(served) | {"clock": clock.jump}, None
            if connection.vendor == "postgresql":
                postgres = PostgresServer()
                more |= {"connections": end_connections, "database": lambda: postgres.strike(served)}
                more["database away"] = once(lambda: postgres.strike(served, GONE_SECONDS))
            plans = errands.plans(neighbours, served.origin, SECONDS)
            found = storm(laid_out, served, seconds=SECONDS, processes=2, more=more, others=plans)
        blows = ", ".join(f"{count} {name}" for name, count in found.blows.items())
        unknown = ledger.errors(found.answers)
        faults = ledger.faults(found.answers, refusals=["full", "already_cancelled", "slot_closed"])
        faults += errand_faults(found.answers)
        done = Counter(answer.op for answer in found.answers if answer.is_done)
        print(f"{connection.vendor}, {CLIENTS} clients, {SECONDS:.0f} s; struck: {blows}")
        stored = Booking.objects.count()
        print(f"  {done['book']} bookings acknowledged, {stored} stored, {found.retries} retries")
        print("  also " + ", ".join(f"{count} {op}" for op, count in sorted(done.items()) if op != "book"))
        if postgres and postgres.recoveries:
            slowest = max(postgres.recoveries)
            print(f"  served again {slowest:.1f} s after the database was back, at the slowest")
        print(
            f"  {len(unknown)} never answered; {len(faults)} promises broken (lost, doubled, oversold, torn)"
        )
        for line in [*unknown[:10], *faults]:
            print(f"  {line}")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
