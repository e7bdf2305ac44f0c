"""kill -9 under load, for as long as you like: what was acknowledged must be there, and nothing sold twice.

    .ci/with-postgres .venv/bin/python bench/crash.py [seconds]
    .venv/bin/python bench/crash.py [seconds]      on a SQLite of its own

Patient clients book and cancel over HTTP, each form again with its key until the server has said yes or no.
Meanwhile workers and whole servers are killed, `tick` and `send_messages` run twice at once; on SQLite the
disk is full for a moment; on PostgreSQL connections are ended and the server process itself is killed, once
for 20 seconds. The tests have the same in short (tests/race/test_race_crash.py). The database must be empty.
Not covered: power loss, a clock that jumps.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from fresh import start

SECONDS = float(sys.argv[1]) if len(sys.argv) > 1 else 60
CLIENTS = 16
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
        from tests.race import hall, ledger, server
        from tests.race.blows import GONE_SECONDS, PostgresServer, blows_for
        from tests.race.crash import storm

        laid_out = hall.lay_out(slots=SLOTS, places=PLACES, families=CLIENTS, members=400)
        with server.served(Path(folder)) as served:
            more, postgres = blows_for(served), None
            if connection.vendor == "postgresql":
                postgres = PostgresServer()
                more |= {"connections": end_connections, "database": lambda: postgres.strike(served)}
                more["database away"] = once(lambda: postgres.strike(served, GONE_SECONDS))
            found = storm(laid_out, served, seconds=SECONDS, processes=2, more=more)
        blows = ", ".join(f"{count} {name}" for name, count in found.blows.items())
        acknowledged = sum(answer.op == "book" and answer.is_done for answer in found.answers)
        unknown = ledger.errors(found.answers)
        faults = ledger.faults(found.answers, refusals=["full", "already_cancelled", "slot_closed"])
        print(f"{connection.vendor}, {CLIENTS} clients, {SECONDS:.0f} s; struck: {blows}")
        stored = Booking.objects.count()
        print(f"  {acknowledged} bookings acknowledged, {stored} stored, {found.retries} retries")
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
