import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.database_files import RUN, name_run, remove_files, remove_left_files


def finished_process() -> int:
    """The number of a process that has just ended."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    return process.pid


def put_files(folder: Path, run: int | str) -> set[str]:
    names = {f"test-{run}.sqlite3{end}" for end in ("", "-wal", "-shm", "_gw0", "_gw1-wal")}
    for name in names:
        (folder / name).touch()
    return names


def names_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_left_files_of_dead_runs_are_removed_and_no_others(tmp_path):
    put_files(tmp_path, finished_process())
    living = put_files(tmp_path, os.getpid()) | {"circle.sqlite3", "test-x.sqlite3", "test-1.txt"}
    for name in living:
        (tmp_path / name).touch()
    remove_left_files(tmp_path)
    assert names_in(tmp_path) == living


def test_run_removes_its_own_files_alone(tmp_path):
    put_files(tmp_path, 12)
    other = put_files(tmp_path, 123)
    remove_files(tmp_path, "12")
    assert names_in(tmp_path) == other


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL names its databases otherwise")
def test_database_carries_the_process_of_its_run(db):
    name = Path(connection.settings_dict["NAME"]).name
    assert name.startswith(f"test-{os.environ[RUN]}.sqlite3")


def test_worker_takes_the_name_of_its_run_and_a_run_within_a_test_its_own(monkeypatch):
    monkeypatch.setenv(RUN, "7")
    assert name_run(is_worker=True) == "7"
    assert name_run(is_worker=False) == os.environ[RUN] == str(os.getpid())
