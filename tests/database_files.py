"""The files of the tests' SQLite databases: test-<process>.sqlite3, one set for each run.

Two runs in one checkout would otherwise write, and in the end remove, the same file.
"""

import os
import re
from pathlib import Path

RUN = "TEST_RUN"  # the environment variable by which the workers learn the process of their run
NAME = re.compile(r"test-(\d+)\.sqlite3")


def name_run(*, is_worker: bool) -> str:
    """The process that began this run; a run begun by a test of another run has a name of its own."""
    if not is_worker:
        os.environ[RUN] = str(os.getpid())
    return os.environ[RUN]


def remove_files(folder: Path, run: str) -> None:
    """Those of one run: of all its workers, with what SQLite puts beside a database."""
    for path in folder.glob(f"test-{run}.sqlite3*"):
        path.unlink(missing_ok=True)


def remove_left_files(folder: Path) -> None:
    """Those of runs that were killed: their process is gone."""
    runs = {found[1] for path in folder.glob("test-*.sqlite3*") if (found := NAME.match(path.name))}
    for run in runs:
        if not is_alive(int(run)):
            remove_files(folder, run)


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's
        return True
    return True
