"""Which tests use the database, and to which apps' tables a test has written."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection

from circle.hooks import hook_functions

# Whatever opens the database to a test asks for one of these, itself or through another fixture.
FIXTURES = {"db", "transactional_db", "live_server", "django_db_setup", "_django_db_helper"}
# Their rows were written before the test began, and stay after it.
SHARED_ROWS = {"demo", "matrix"}
READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "PRAGMA", "EXPLAIN")
WRITE = re.compile(r'(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM) "([a-z]+)_')


def uses_database(item: pytest.Item) -> bool:
    """By its mark, or by a fixture."""
    return bool(item.get_closest_marker("django_db") or FIXTURES & set(getattr(item, "fixturenames", ())))


def writes_are_seen(item: pytest.Item) -> bool:
    """On the one connection of a test that is taken back, not those of threads, processes or other tests."""
    marker, names = item.get_closest_marker("django_db"), set(getattr(item, "fixturenames", ()))
    is_committed = bool(marker and (marker.args or marker.kwargs.get("transaction")))
    is_committed = is_committed or bool(names & {"transactional_db", "live_server"})
    return not (is_committed or names & SHARED_ROWS or item.get_closest_marker("race"))


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


def leave_out_what_needs_no_database(config: pytest.Config, items: list[pytest.Item]) -> int:
    """On PostgreSQL a test without a database proves what it proves on SQLite; how many these were."""
    if connection.vendor != "postgresql":
        return 0
    left_out = [item for item in items if not uses_database(item)]
    items[:] = [item for item in items if uses_database(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
    return len(left_out)
