"""Which tests use the database, and to which apps' tables a test has written."""

import os
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from circle.hooks import hook_functions
from tests.turns import TURNS, turn_of

# Whatever opens the database to a test asks for one of these, itself or through another fixture.
FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup", "_django_db_helper"}
# Their rows were written before the test began, and stay after it.
SHARED_ROWS = {"demo", "matrix"}
BOTH = ("postgresql", "sqlite")
READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "PRAGMA", "EXPLAIN")
WRITE = re.compile(r'(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "([a-z]+)_')


def uses_database(item: pytest.Item) -> bool:
    """By its mark, or by a fixture."""
    return bool(item.get_closest_marker("django_db") or FIXTURES & set(getattr(item, "fixturenames", ())))


def writes_are_seen(item: pytest.Item) -> bool:
    """On the one connection of a test that is taken back, not those of threads, processes or other tests."""
    names = set(getattr(item, "fixturenames", ()))
    return not (is_committed(item) or names & SHARED_ROWS or item.get_closest_marker("race"))


def is_committed(item: pytest.Item) -> bool:
    """What it writes, which is taken back after other tests."""
    marker, names = item.get_closest_marker("django_db"), set(getattr(item, "fixturenames", ()))
    commits = bool(marker and (marker.args or marker.kwargs.get("transaction")))
    return commits or bool(names & {"transactional_db", "live_server"})


class WrittenApps:
    """An execute wrapper: whose tables are written to. What it cannot read counts as a write to all."""

    def __init__(self) -> None:
        self.labels: set[str] = set()

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        if not sql.startswith(READS):
            found = WRITE.match(sql)
            self.labels |= {found[1]} if found else set(apps.app_configs)
        return execute(sql, params, many, context)


def broken_promises(labels: set[str] | None = None) -> list[str]:
    """What the apps' invariants say; with labels those of circle and of these apps alone."""
    return list(asked(labels))


def asked(labels: set[str] | None) -> Iterator[str]:
    for check in hook_functions("invariants"):
        if labels is None or check.__module__.partition(".")[0] in labels | {"circle"}:
            yield from check()


def leave_out_what_the_other_run_proves(config: pytest.Config, items: list[pytest.Item]) -> int:
    """How many tests are left to the run on the other database.

    On PostgreSQL those without a database. In CI, which always runs both: pages are asked of SQLite (every
    address of PostgreSQL too, by test_hostile_input); of all else one half is asked of PostgreSQL for a while
    and then of SQLite, the other half the other way round. `one_database` says otherwise.
    """
    left_out = [item for item in items if is_left_to_the_other(item)]
    if left_out:
        items[:] = [item for item in items if not is_left_to_the_other(item)]
        config.hook.pytest_deselected(items=left_out)
    return len(left_out)


def is_left_to_the_other(item: pytest.Item) -> bool:
    if not uses_database(item):
        return connection.vendor == "postgresql"
    if os.environ.get("CI") != "true":
        return False
    marker = item.get_closest_marker("one_database")
    if marker:
        return marker.args != (connection.vendor,)
    on_another_day = "FAKETIME" in os.environ  # .ci/dates.py, which runs on SQLite alone
    return not on_another_day and database_of(item) != connection.vendor


def database_of(item: pytest.Item) -> str:
    """In CI: of a page SQLite, of all else today's."""
    is_page = bool({"client", "matrix"} & set(getattr(item, "fixturenames", ()))) or item.get_closest_marker(
        "browser"
    )
    if is_page and not is_committed(item) and not item.get_closest_marker("race"):
        return "sqlite"
    return BOTH[turn_of(item.nodeid.partition("[")[0], len(BOTH), days=TURNS)]
