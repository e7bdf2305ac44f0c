"""kill -9 under load, for as long as you like: what was acknowledged must be there, and nothing sold twice.

    .ci/with-postgres .venv/bin/python bench/crash.py [seconds]
    .venv/bin/python bench/crash.py [seconds]      on a SQLite of its own

Patient clients book and cancel over HTTP, each form again with its key until the server has said yes or no.
Meanwhile workers and whole servers are killed; on PostgreSQL their database connections are ended, too. The
tests have the same in short (tests/race/test_race_crash.py). The database must be empty. Not covered: power
loss, a full disk, the death of the database server itself.
"""

import sys
import tempfile
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


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        start(folder)
        from django.db import connection

        from services.models import Booking
        from tests.race import hall, ledger, server
        from tests.race.crash import storm

        more = {"connections": end_connections} if connection.vendor == "postgresql" else {}
        laid_out = hall.lay_out(slots=SLOTS, places=PLACES, families=CLIENTS, members=400)
        with server.served(Path(folder)) as served:
            found = storm(laid_out, served, seconds=SECONDS, processes=2, more=more)
        blows = ", ".join(f"{count} {name}" for name, count in found.blows.items())
        acknowledged = sum(answer.op == "book" and answer.is_done for answer in found.answers)
        unknown = ledger.errors(found.answers)
        faults = ledger.faults(found.answers, refusals=["full", "already_cancelled", "slot_closed"])
        print(f"{connection.vendor}, {CLIENTS} clients, {SECONDS:.0f} s; struck: {blows}")
        stored = Booking.objects.count()
        print(f"  {acknowledged} bookings acknowledged, {stored} stored, {found.retries} retries")
        print(
            f"  {len(unknown)} never answered; {len(faults)} promises broken (lost, doubled, oversold, torn)"
        )
        for line in [*unknown[:10], *faults]:
            print(f"  {line}")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
