"""Databases that a command copies from and into."""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from tests.upgrade.test_upgrade import FOLDER, manage, on_server, read_dump_of

APPS = ("circle", "services", "eldercare", "childcare", "council")
MadeOnce = Callable[[str, Callable[[Path], None]], Path]


@pytest.fixture(scope="session")
def made_once(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    """A copy of the file of this name, which only the first worker makes: to migrate takes half a minute.

    The run on the other database finds it in pytest's cache, as long as code and day are the same.
    """
    stored: Path = request.config.cache.mkdir("upgrade")
    ours: Path = tmp_path_factory.mktemp("upgrade")

    def file_of(name: str, make: Callable[[Path], None]) -> Path:
        copy, file = ours / f"{name}.sqlite3", stored / f"{code_and_day()}-{name}.sqlite3"
        if copy.exists():
            return copy
        with (stored / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not file.exists():
                for outdated in stored.glob(f"*-{name}.*"):
                    outdated.unlink()
                half = file.with_suffix(".half")
                make(half)
                half.rename(file)
            shutil.copy(file, copy)
        return copy

    return file_of


def code_and_day() -> str:
    """Of all that may change what is made: our modules, the dumps, the libraries and the date."""
    root: Path = settings.BASE_DIR
    files = [*FOLDER.glob("*.gz"), *FOLDER.glob("*.py"), root / "requirements.lock"]
    files += [file for app in APPS for file in (root / app).rglob("*") if file.suffix in (".py", ".json")]
    digest = hashlib.sha256(f"{timezone.localdate()} {sys.version}".encode())
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


@pytest.fixture(scope="session")
def migrated(made_once: MadeOnce) -> Callable[[str], Path]:
    """By its name, the demo of a release on SQLite, migrated to today."""

    def make(release: str, file: Path) -> None:
        with sqlite3.connect(file) as old:
            old.executescript(read_dump_of(release, "sqlite"))
        old.close()
        manage(f"sqlite:///{file}", "migrate", "--verbosity", "0")
        flush_log(file)

    return lambda release: made_once(release, partial(make, release))


@pytest.fixture(scope="session")
def ticked(made_once: MadeOnce, migrated: Callable[[str], Path]) -> Path:
    """The first release, after the clock's next minute: it does what a new rule asks of old rows."""
    before = migrated("0.1.0")

    def make(file: Path) -> None:
        shutil.copy(before, file)
        manage(f"sqlite:///{file}", "tick")
        flush_log(file)

    return made_once("ticked", make)


def flush_log(file: Path) -> None:
    with sqlite3.connect(file) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the file alone is copied
    opened.close()


@pytest.fixture
def source(ticked, tmp_path) -> str:
    """A copy of it."""
    return f"sqlite:///{shutil.copy(ticked, tmp_path / 'source.sqlite3')}"


@pytest.fixture
def target(tmp_path) -> Iterator[str]:
    """An empty database of the engine that is tested."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'target.sqlite3'}"
        return
    name = f"move_{os.getpid()}"
    on_server(f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        yield os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"
    finally:
        on_server(f'DROP DATABASE "{name}"')
