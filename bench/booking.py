"""Bookings per second, as a multiple of the same SQL statements run by pgbench, in one run.

    FSYNC=on .ci/with-postgres .venv/bin/python bench/booking.py [rounds]
    .venv/bin/python bench/booking.py [rounds]      on a SQLite of its own: bookings per second only

One booking is once(book(…)), from the key to COMMIT with all its rows: key, place, booking, record, message.
Its statements are captured from a real one and become pgbench's script, sent the same way (simple protocol),
so the ratio is what Python and the ORM cost. Eight clients in both; rounds alternate; printed are the median
and the spread. "hot" is one slot that everybody wants, "spread" a thousand. The database must be empty.
FSYNC=on makes both wait for the disk, as they do in production.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

from fresh import start

ROUNDS = int(sys.argv[1]) if len(sys.argv) > 1 else 5
SECONDS = 4
CLIENTS = 8
SLOTS = 1000
PEOPLE = 4000  # of each client: more than it can book for in one round
SHAPES = {"2 processes × 4": 2, "4 processes × 2": 4}
# Ids that occur nowhere else, so that the captured statements show where they are used.
RESIDENT, SLOT, ONCE, BOOKING = 900_000_001, 900_000_002, 900_000_003, 900_000_004
KEY = "key-of-the-captured-booking"


def lay_out():
    """The hall: one hot slot, a thousand others, and people enough for one round."""
    from services.models import Slot
    from tests.race import hall

    made = hall.lay_out(slots=SLOTS + 1, places=1_000_000, families=CLIENTS, members=PEOPLE, days=1)
    hot, *others = made.slots
    Slot.objects.filter(pk__in=[slot.pk for slot in made.slots]).update(taken=0)
    return made, {"hot": [hot.pk], "spread": [slot.pk for slot in others]}


def tidy() -> None:
    """Everybody may book again. First: each booking must have brought all its rows."""
    from circle.models import Message, Once, Record
    from services.models import Booking, Slot

    counts = {model.__name__: model.objects.count() for model in (Once, Booking, Record, Message)}
    if len(set(counts.values())) > 1:
        raise SystemExit(f"not the same work: {counts}")
    Booking.objects.update(status=Booking.Status.CANCELLED)
    Slot.objects.update(taken=0)


def ours(hall, slots: list[int], processes: int) -> tuple[float, list[float]]:
    """Bookings per second of the actions, and how long each took."""
    from tests.race import crowd

    plans = []
    for number, family in enumerate(hall.families):
        rows = {"slots": slots, "residents": [person.pk for person in family]}
        client = {"item": hall.item.pk, "clerk": hall.clerk.pk} | rows
        arguments = {"seconds": SECONDS, "seed": number} | rows
        plans.append({"kind": "Prepared", "client": client, "task": "hurry", "arguments": arguments})
    answers = crowd.let_loose(plans, processes)
    wrong = {answer.error or answer.refused for answer in answers if not answer.is_done}
    if wrong:
        raise SystemExit(f"not booked: {wrong}")
    tidy()
    return len(answers) / SECONDS, [answer.seconds for answer in answers]


# The same statements, by pgbench ----------------------------------------------------------------------------


def captured(hall) -> tuple[list[str], str]:
    """The statements of one real booking, and its code."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from circle.models import Once, Resident
    from services.models import Booking, Slot
    from tests.race.clients import Prepared

    place, person = hall.slots[0], hall.families[0].pop(0)
    Slot.objects.filter(pk=place.pk).update(id=SLOT)
    Resident.objects.filter(pk=person.pk).update(id=RESIDENT)
    if connection.vendor == "postgresql":
        restart(Once, ONCE)
        restart(Booking, BOOKING)
    client = Prepared(item=hall.item.pk, clerk=hall.clerk.pk, slots=[SLOT], residents=[RESIDENT])
    with CaptureQueriesContext(connection) as seen:
        answer = client.book(RESIDENT, SLOT, KEY)
    assert answer.is_done, answer  # noqa: S101 - or there is nothing to measure
    statements = [query["sql"] for query in seen.captured_queries]
    return statements, answer.code


def restart(model, number: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        table = model._meta.db_table
        cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {number}, false)")


def script(statements: list[str], code: str) -> str:
    """A pgbench script of the statements: another person, key and code each time, ids as they come back."""
    lines = [
        r"\set n :n + 1",
        r"\set resident :people + :client_id * :each + :n",
        r"\set slot random(:first, :last)",
        r"\set code 10000000 + (:round * :clients + :client_id) * :each + :n",
    ]
    variables = {
        KEY: ":round-:client_id-:n",
        code: ":code",
        f":{BOOKING}": "-:booking_id",  # of two colons pgbench would see none
        str(BOOKING): ":booking_id",
        str(ONCE): ":once_id",
        str(RESIDENT): ":resident",
        str(SLOT): ":slot",
    }
    for statement in statements:
        text = statement
        for literal, variable in variables.items():
            text = text.replace(literal, variable)
        kept = re.search(r'RETURNING "(?:\w+_(once|booking))"\."id"$', text)
        lines.append(f"{text} \\gset {kept[1]}_" if kept else f"{text};")
    return "\n".join(lines) + "\n"


def theirs(path: Path, hall, slots: list[int], turn: int) -> float:
    """Transactions per second of pgbench; it must not fail a single one."""
    said = urlsplit(os.environ["DATABASE_URL"])
    folder, _, name = said.path.rpartition("/")
    numbers = {"n": -1, "people": hall.families[0][0].pk, "each": PEOPLE, "round": turn, "clients": CLIENTS}
    numbers |= {"first": min(slots), "last": max(slots)}
    defined = [f"--define={variable}={number}" for variable, number in numbers.items()]
    clients = [f"--client={CLIENTS}", "--jobs=2", f"--time={SECONDS}"]
    where = [
        f"--host={said.hostname or folder}",
        f"--port={said.port or 5432}",
        f"--username={said.username}",
    ]
    command = [
        pgbench(),
        "--no-vacuum",
        "--protocol=simple",
        f"--file={path}",
        *clients,
        *defined,
        *where,
        name,
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"^tps = ([\d.]+)", done.stdout, flags=re.MULTILINE)
    if done.returncode or not found:
        raise SystemExit(f"pgbench failed:\n{done.stdout}\n{done.stderr[-3000:]}")
    tidy()
    return float(found[1])


def pgbench() -> str:
    found = shutil.which("pgbench") or max(
        map(str, Path("/usr/lib/postgresql").glob("*/bin/pgbench")), default=""
    )
    if not found:
        raise SystemExit("pgbench was not found: it comes with the package postgresql")
    return found


# What is printed --------------------------------------------------------------------------------------------


def spread(figures: list[float], form: str = ".0f") -> str:
    return f"{statistics.median(figures):{form}} ({min(figures):{form}}–{max(figures):{form}})"


def compare(hall, kinds: dict[str, list[int]], path: Path) -> None:
    turn = 0
    for kind, slots in kinds.items():
        for shape, processes in SHAPES.items():
            mine, others = [], []
            for _ in range(ROUNDS):
                turn += 1
                mine.append(ours(hall, slots, processes)[0])
                others.append(theirs(path, hall, slots, turn))
            ratios = [one / other for one, other in zip(mine, others, strict=True)]
            print(
                f"  {kind:6} {shape}: {spread(mine)} bookings/s, pgbench {spread(others)}/s,"
                f" ratio {spread(ratios, '.2f')}"
            )


def alone(hall, kinds: dict[str, list[int]]) -> None:
    for kind, slots in kinds.items():
        for shape, processes in SHAPES.items():
            rates, times = [], []
            for _ in range(ROUNDS):
                rate, took = ours(hall, slots, processes)
                rates.append(rate)
                times += took
            times.sort()
            p50, p99, worst = (times[int(len(times) * share)] * 1000 for share in (0.5, 0.99, 1 - 1e-9))
            print(
                f"  {kind:6} {shape}: {spread(rates)} bookings/s,"
                f" p50 {p50:.0f} ms, p99 {p99:.0f} ms, longest {worst:.0f} ms"
            )


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        start(folder)
        from django.db import connection

        hall, kinds = lay_out()
        statements, code = captured(hall)
        kinds["hot"] = [SLOT]
        busy = f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
        print(f"{connection.vendor}, {CLIENTS} clients, {ROUNDS} rounds of {SECONDS} s, {busy}")
        print(f"  {len(statements)} statements for one booking, BEGIN and COMMIT included")
        if connection.vendor == "postgresql":
            path = Path(folder) / "booking.sql"
            path.write_text(script(statements, code), encoding="utf-8")
            compare(hall, kinds, path)
        else:
            alone(hall, kinds)


if __name__ == "__main__":
    main()
