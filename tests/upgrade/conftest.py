"""Databases that a command copies from and into."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from django.db import connection

from tests.upgrade.test_upgrade import manage, on_server, read_dump_of


@pytest.fixture(scope="session")
def migrated(tmp_path_factory) -> Callable[[str], Path]:
    """By its name, the demo of a release on SQLite, migrated to today: once a run."""
    folder: Path = tmp_path_factory.mktemp("migrated")

    @cache
    def file_of(release: str) -> Path:
        file = folder / f"{release}.sqlite3"
        with sqlite3.connect(file) as old:
            old.executescript(read_dump_of(release, "sqlite"))
        old.close()
        manage(f"sqlite:///{file}", "migrate", "--verbosity", "0")
        flush_log(file)
        return file

    return file_of


@pytest.fixture(scope="session")
def ticked(migrated, tmp_path_factory) -> Path:
    """The first release, after the clock's next minute: it does what a new rule asks of old rows."""
    file = Path(shutil.copy(migrated("0.1.0"), tmp_path_factory.mktemp("ticked") / "source.sqlite3"))
    manage(f"sqlite:///{file}", "tick")
    flush_log(file)
    return file


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
