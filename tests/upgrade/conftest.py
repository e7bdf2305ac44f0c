"""Databases that a command copies from and into."""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.upgrade.test_upgrade import manage, on_server, read_dump_of


@pytest.fixture(scope="session")
def migrated(tmp_path_factory) -> Path:
    """The demo of the first release on SQLite, migrated to today: once a run."""
    file: Path = tmp_path_factory.mktemp("migrated") / "source.sqlite3"
    with sqlite3.connect(file) as old:
        old.executescript(read_dump_of("0.1.0", "sqlite"))
    old.close()
    manage(f"sqlite:///{file}", "migrate", "--verbosity", "0")
    manage(f"sqlite:///{file}", "tick")
    with sqlite3.connect(file) as old:
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the file alone is copied
    old.close()
    return file


@pytest.fixture
def source(migrated, tmp_path) -> str:
    """A copy of it."""
    return f"sqlite:///{shutil.copy(migrated, tmp_path / 'source.sqlite3')}"


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
