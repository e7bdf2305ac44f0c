"""The demo database of the tests that look at it: loaded once a run on SQLite, and copied for each module."""

import contextlib
import fcntl
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils.timezone import localdate


@contextlib.contextmanager
def loaded(base: Path) -> Iterator[None]:
    """The demo, for as long as this lasts. `base` is this process's temporary directory."""
    if connection.vendor == "sqlite":
        copy = base / "demo-copy.sqlite3"
        copy_database(prepared(base), copy)
        with connected(copy):
            yield
        copy.unlink()
        return
    with transaction.atomic():
        call_command("load_demo", with_messages=True, verbosity=0)
        yield
        transaction.set_rollback(True)


def prepared(base: Path) -> Path:
    """The file with today's demo, made by the first worker that comes here; the others wait for it."""
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    file = shared / f"demo-loaded-{localdate()}.sqlite3"  # a run may go on past midnight
    with (shared / "demo-loaded.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            half = file.with_suffix(".half")
            copy_database(Path(connection.settings_dict["NAME"]), half)
            with connected(half):
                call_command("load_demo", with_messages=True, verbosity=0)
            half.rename(file)
    return file


def copy_database(source: Path, target: Path) -> None:
    """By SQLite itself, so that what stands only in its log comes along."""
    target.unlink(missing_ok=True)
    with contextlib.closing(sqlite3.connect(source)) as opened:
        opened.execute("VACUUM INTO ?", (str(target),))


@contextlib.contextmanager
def connected(file: Path) -> Iterator[None]:
    """The connection leads to this file; closing it takes SQLite's log into the file."""
    before = connection.settings_dict["NAME"]
    point_at(str(file))
    try:
        yield
    finally:
        point_at(before)


def point_at(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
