"""A portal with a million bookings: is it moved, backed up and restored in ten minutes, and are lists quick?

    FSYNC=on .ci/with-postgres .venv/bin/python bench/scale.py [bookings]
    .venv/bin/python bench/scale.py [bookings]      SQLite alone

Loads a SQLite file (with each booking a record, its seal and a message; a resident for each five bookings),
moves it to DATABASE_URL, which must be empty, backs that up, and restores the backup into a new SQLite file.
Then the pages of both: median and slowest of five rounds, and their queries; PLANS=1 prints the slowest query
of a page above 150 ms. At least 4,000. Exits 1 where a copy takes longer than ten minutes.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fresh import ROOT, SETTINGS, start

COPIES_MOST = 600  # seconds
PAGE_MOST = 150  # milliseconds
ROUNDS = 5
NAME = "王安"  # of some in a thousand
LISTS = {
    "bookings": "/admin/services/booking/",
    "bookings, by name": f"/admin/services/booking/?q={NAME}",
    "bookings, by phone": "/admin/services/booking/?q=13100000123",
    "bookings, served": "/admin/services/booking/?status=served",
    "residents": "/admin/circle/resident/",
    "residents, by name": f"/admin/circle/resident/?q={NAME}",
    "residents, by initials": "/admin/circle/resident/?q=wa",
    "records": "/admin/circle/record/",
    "messages": "/admin/circle/message/",
    "back office": "/admin/",
}
OWN = {"my page": "/me/", "my messages": "/me/messages/", "my people": "/me/people/", "my data": "/me/data/"}
CHECKS = ("check_invariants", "verify_records", "tick")


def main(words: list[str]) -> int:
    os.environ |= SETTINGS | {"REQUIRE_SECOND_FACTOR": "off", "LOG_FORMAT": "text"}
    if words[:1] == ["load"]:
        return load(int(words[1]))
    if words == ["pages"]:
        return time_pages()
    bookings = int(words[0]) if words else 1_000_000
    with tempfile.TemporaryDirectory(prefix="scale-") as made:
        os.environ["MEDIA_ROOT"] = f"{made}/media"
        Path(made, "media").mkdir()
        return run(bookings, Path(made), os.environ.pop("DATABASE_URL", f"sqlite:///{made}/moved.sqlite3"))


def run(bookings: int, folder: Path, moved: str) -> int:
    first, last = f"sqlite:///{folder}/first.sqlite3", f"sqlite:///{folder}/restored.sqlite3"
    print(f"{bookings:,} bookings; load average {os.getloadavg()[0]:.1f}", flush=True)
    timed("load", first, "bench/scale.py", "load", str(bookings))
    copies = [timed("move_database", first, "manage.py", "move_database", moved)]
    copies.append(timed("back_up", moved, "manage.py", "back_up", f"{folder}/backups"))
    [backup] = Path(folder, "backups").iterdir()
    print(f"  {sum(file.stat().st_size for file in backup.iterdir()) / 1e6:.0f} MB in the backup")
    copies.append(timed("restore", first, "manage.py", "restore", str(backup), "--into", last))
    for url in (moved, last):
        print(url.partition(":")[0], flush=True)
        for command in CHECKS:
            timed(command, url, "manage.py", command)
        subprocess.run(
            [sys.executable, "bench/scale.py", "pages"],
            cwd=ROOT,
            env=os.environ | {"DATABASE_URL": url},
            check=True,
        )
    return max(copies) > COPIES_MOST


def timed(name: str, url: str, *command: str) -> float:
    """Seconds of a command on that database; prints them with its memory. Exits where it fails."""
    began = time.monotonic()
    done = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url},
        stdout=None if name == "load" else subprocess.DEVNULL,
    )
    _pid, status, used = os.wait4(done.pid, 0)
    seconds = time.monotonic() - began
    if status:
        raise SystemExit(f"{name} failed")
    cpu, memory = used.ru_utime + used.ru_stime, used.ru_maxrss / 1024
    print(f"  {name:18} {seconds:7.1f} s  {cpu:7.1f} s of a core  {memory:5.0f} MB", flush=True)
    return seconds


def load(bookings: int) -> int:
    start("")
    from crowded_portal import load as load_rows

    load_rows(bookings)
    return 0


def time_pages() -> int:
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.core.management import call_command

    from circle.models import Resident, User
    from tests import make
    from tests.conftest import OurClient

    call_command("collectstatic", interactive=False, verbosity=0)
    staff, own = OurClient(), OurClient()
    staff.force_login(User.objects.filter(is_superuser=True).first() or make.director())
    own.force_login(Resident.objects.exclude(login=None).order_by("pk")[1].login)
    for client, pages in ((staff, LISTS), (own, OWN)):
        for name, path in pages.items():
            print_page(name, lambda client=client, path=path: client.get(path, headers={"host": "bench"}))
    print(f"  {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB", flush=True)
    return 0


class Queries:
    """An execute wrapper that counts, and knows the slowest."""

    def __init__(self) -> None:
        self.count, self.slowest, self.sql = 0, 0.0, ""

    def __call__(self, execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, *more)
        finally:
            took = (time.perf_counter() - began) * 1000
            self.count += 1
            if took > self.slowest:
                self.slowest, self.sql = took, sql


def print_page(name: str, ask: Callable[[], Any]) -> None:
    from django.db import connection

    seen = Queries()
    with connection.execute_wrapper(seen):
        response = ask()
    if response.status_code != 200:
        raise SystemExit(f"{name} answered {response.status_code}, {response.headers.get('Location')}")
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        ask()
        times.append((time.perf_counter() - began) * 1000)
    middle = statistics.median(times)
    print(f"  {name:24} {middle:6.0f} ms (up to {max(times):.0f}), {seen.count} queries", flush=True)
    if middle > PAGE_MOST and os.environ.get("PLANS"):
        print(f"    {seen.slowest:.0f} ms: {seen.sql[:1500]}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
