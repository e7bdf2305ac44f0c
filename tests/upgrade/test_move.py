"""A database moves to the other engine with every row, moment and promise; or nothing of it moves."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.upgrade.test_upgrade import manage, manage_environment

pytestmark = [pytest.mark.django_db, pytest.mark.long]


def refused(database: str, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=settings.BASE_DIR,
        env=manage_environment(database),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout
    return done.stderr


@pytest.mark.one_database("postgresql")  # from one engine to the other and back
def test_database_moves_there_and_back_with_its_promises(source, target, tmp_path):
    assert "circle_record: " in manage(source, "move_database", target)
    manage(target, "check_invariants")
    manage(target, "verify_records")
    manage(target, "check", "--database", "default", "--fail-level", "WARNING")  # the triggers are there
    manage(target, "tick")  # writes rows, with keys that no row has
    assert "is not empty" in refused(source, "move_database", target)
    back = f"sqlite:///{tmp_path / 'back.sqlite3'}"
    manage(target, "move_database", back)
    manage(back, "verify_records")
    manage(back, "tick")


def change_first(file: Path, table: str, change: str, *values: str) -> None:
    """The row with the smallest number; without a look at references."""
    first = f"(SELECT min(id) FROM {table})"  # noqa: S608
    with sqlite3.connect(file) as opened:
        opened.execute(f"UPDATE {table} SET {change} WHERE id = {first}", values)  # noqa: S608
    opened.close()


def test_nothing_moves_where_one_row_does_not_fit(source, target, tmp_path):
    """SQLite takes a text of any length; there a row without its parent stands for it."""
    file = tmp_path / "source.sqlite3"
    if connection.vendor == "sqlite":
        change_first(file, "circle_facility", "kind_id = 999999")
    else:
        change_first(file, "circle_grid", "name_zh = ?", "长" * 99)
    assert "Nothing was copied" in refused(source, "move_database", target)
    change_first(file, "circle_facility", "kind_id = (SELECT min(id) FROM circle_facilitykind)")
    change_first(file, "circle_grid", "name_zh = '一'")
    manage(source, "move_database", target)  # so the target had stayed empty


@pytest.mark.one_database("sqlite")
def test_database_is_not_moved_onto_itself(source):
    assert "would be copied" in refused(source, "move_database", source)
