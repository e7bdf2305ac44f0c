"""Another database than DATABASE_URL's, for commands that copy from one into the other."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import environ
from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError, connections

from circle.management.database_copy import tables_with_rows
from circle.settings import complete_database

EMPTY_TABLES = (["migrate", "--verbosity=0"], ["createcachetable"])


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


ONE_AFTER_ANOTHER = """
import io, json, sys
import django
from django.core.management import call_command
django.setup()
said = []
for command in json.loads(sys.argv[1]):
    out = io.StringIO()
    call_command(*command, stdout=out)
    said.append(out.getvalue())
print(json.dumps(said))
"""


def run_there(url: str, *commands: Sequence[str], **environment: str) -> list[str]:
    """In a process of its own, whose default database is the other one; returns what each has printed."""
    done = subprocess.run(  # noqa: S603 - our own commands
        [sys.executable, "-c", ONE_AFTER_ANOTHER, json.dumps(commands)],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "circle.settings"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        names = ", ".join(command[0] for command in commands)
        raise CommandError(f"{names} failed there: {done.stderr.strip()[-500:]}")
    said: list[str] = json.loads(done.stdout.splitlines()[-1])
    return said
