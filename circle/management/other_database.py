"""Another database than DATABASE_URL's, for commands that copy from one into the other."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import environ
from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError, connections

from circle.management.database_copy import tables_with_rows
from circle.settings import complete_database


@contextmanager
def other_database(alias: str, url: str) -> Iterator[None]:
    """The database of this address under that alias."""
    try:
        found = complete_database(environ.Env.db_url_config(url))
    except Exception as error:
        raise CommandError(f"This is no address of a database: {error}") from error
    connections.databases[alias] = connections.databases["default"] | {"OPTIONS": {}} | found
    try:
        yield
    finally:
        connections[alias].close()
        del connections[alias], connections.databases[alias]


def is_same_database(alias: str, other: str) -> bool:
    one, two = (connections.databases[each] for each in (alias, other))
    return all(str(one[name]) == str(two[name]) for name in ("ENGINE", "NAME", "HOST", "PORT"))


def refuse_rows(alias: str) -> None:
    try:
        filled = tables_with_rows(alias)
    except DatabaseError as error:
        raise CommandError(f"The other database does not answer: {error}") from error
    if filled:
        raise CommandError(f"The other database is not empty: {', '.join(filled[:5])}")


def run_there(url: str, *command: str, **environment: str) -> str:
    """In a process of its own, whose default database is the other one; returns what it printed."""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": url} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CommandError(f"{command[0]} failed there: {done.stderr.strip()[-500:]}")
    return done.stdout
