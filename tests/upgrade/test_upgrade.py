"""A database of each release kept here comes through `migrate` with every promise whole.

The files are demos of their time, invented people only, made by tests/upgrade/dump.py.
"""

import gzip
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

FOLDER = Path(__file__).parent
RELEASES = sorted(file.name.removesuffix(".postgresql.sql.gz") for file in FOLDER.glob("*.postgresql.sql.gz"))


def read_dump(release: str) -> str:
    return read_dump_of(release, connection.vendor)


def read_dump_of(release: str, vendor: str) -> str:
    return gzip.decompress((FOLDER / f"{release}.{vendor}.sql.gz").read_bytes()).decode()


def on_server(script: str, database: str = "postgres") -> None:
    """Outside a transaction, as PostgreSQL makes databases only there."""
    other = connection.Database.connect(**connection.get_connection_params() | {"dbname": database})
    other.autocommit = True
    other.cursor().execute(script)
    other.close()


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of the release that `migrate` has brought to today."""
    if connection.vendor == "sqlite":
        migrated = request.getfixturevalue("migrated")(request.param)
        yield f"sqlite:///{shutil.copy(migrated, tmp_path / 'old.sqlite3')}"
        return
    name = f"upgrade_{os.getpid()}"
    on_server(f'CREATE DATABASE "{name}" TEMPLATE template0')
    try:
        on_server(read_dump(request.param), name)
        address = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"
        manage(address, "migrate", "--verbosity", "0")
        yield address
    finally:
        on_server(f'DROP DATABASE "{name}"')


def manage_environment(database: str) -> dict[str, str]:
    return os.environ | {"DATABASE_URL": database, "DEBUG": "on", "HTTPS": "off"}


def manage(database: str, *command: str) -> str:
    """In a process of its own: this one's connection is the test database's."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env=manage_environment(database),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_there_is_a_release():
    assert "0.1.0" in RELEASES


@pytest.mark.django_db
@pytest.mark.long
@pytest.mark.any_day
@pytest.mark.parametrize("database", RELEASES, indirect=True)
def test_database_of_a_release_is_migrated_with_its_promises(database):
    assert manage(database, "migrate", "--plan").strip().endswith("No planned migration operations.")
    manage(database, "tick")  # the timer's next minute: it does what a new rule asks of old rows
    manage(database, "check_invariants")
    manage(database, "verify_records")
    manage(database, "check", "--database", "default", "--fail-level", "WARNING")
