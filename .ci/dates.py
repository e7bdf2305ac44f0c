#!/usr/bin/env python3
"""Whether the demo and the tests hold on other days than today, by a clock that libfaketime shifts.

.ci/dates.py         a year: the demo on every second day, the whole suite on every thirtieth; some hours
.ci/dates.py short   what CI runs: the demo on four hard days, the tests that ask the clock on one of them
.ci/dates.py 2027-02-10T23:30 COMMAND...   one command at that time in Shanghai

SQLite's clock is shifted with the process, a PostgreSQL server keeps its own: all this is on SQLite.
"""

import datetime as dt
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv/bin/python"
SHANGHAI = dt.timezone(dt.timedelta(hours=8))
ONE_DAY = dt.timedelta(days=1)
# A leap day late in the evening, the middle of a Spring Festival, the week after it, the end of a year.
HARD = ["2028-02-29T23:30", "2027-02-10T10:00", "2027-02-17T08:00", "2027-12-31T23:30"]
HOURS = ["10:00", "23:30", "00:10", "17:40"]
# A test module with one of these asks the clock. What a browser or a race asks is left to the whole suite.
ASKS = re.compile(
    r"timezone\.now|localdate|localtime\(\)|date\.today|datetime\.now|time\.time\(|load_demo|usefixtures\(\"demo"
)
LEFT_OUT = ("browser", "race")
ONCE = ("-m", "not any_day and not matrix")
DEMO = {"DEBUG": "on", "HTTPS": "off", "GROUP_ROBOTS": '{"jinyuan": "console://"}'}


def find_libfaketime() -> Path:
    for where in ("/usr/lib", "/usr/local/lib"):
        for found in sorted(Path(where).glob("**/faketime/libfaketime.so.1")):
            return found
    sys.exit("dates: libfaketime was not found; on Debian and Ubuntu: apt-get install libfaketime")


def clock(moment: str) -> dict[str, str]:
    """The environment of a process that begins at that moment; its timeouts and its files keep their time."""
    offset = dt.datetime.fromisoformat(moment).replace(tzinfo=SHANGHAI) - dt.datetime.now(SHANGHAI)
    return {
        "LD_PRELOAD": str(find_libfaketime()),
        "FAKETIME": f"{round(offset.total_seconds()):+d}",  # an offset, so that all processes agree
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "NO_FAKE_STAT": "1",
        "PYTHONPATH": str(ROOT / ".ci/faketime"),
    }


def manage(database: Path, *command: str, **shift: str) -> None:
    environment = os.environ | DEMO | {"DATABASE_URL": f"sqlite:///{database}"} | shift
    done = subprocess.run(
        [PYTHON, "manage.py", *command], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed\n{done.stdout}{done.stderr}")


def demo_holds(empty: Path, moment: str) -> bool:
    with tempfile.TemporaryDirectory() as made:
        database = Path(shutil.copy(empty, made))
        try:
            for command in ("load_demo", "check_invariants"):
                manage(database, command, **clock(moment))
        except RuntimeError as failure:
            print(f"demo at {moment}: {failure}", flush=True)
            return False
    print(f"demo at {moment}: every promise holds", flush=True)
    return True


def demos_hold(moments: list[str]) -> bool:
    """Two at a time, each on its own copy of an empty database; none is left out because another failed."""
    with tempfile.TemporaryDirectory() as made, ThreadPoolExecutor(2) as pool:
        empty = Path(made) / "demo.sqlite3"
        for command in (["migrate"], ["createcachetable"], ["compile_translations"]):
            manage(empty, *command)
        return all(list(pool.map(lambda moment: demo_holds(empty, moment), moments)))


def tests_hold(moment: str, *options: str | Path) -> bool:
    print(f"tests at {moment}", flush=True)
    environment = os.environ | {"DATABASE_URL": "sqlite:///circle.sqlite3"} | clock(moment)
    with tempfile.TemporaryDirectory() as made:  # pytest clears the common directory of what looks old
        command = [PYTHON, "-m", "pytest", "-n", "2", "-q", "--basetemp", f"{made}/pytest", *options]
        return subprocess.run(command, cwd=ROOT, env=environment).returncode == 0


def asking() -> list[Path]:
    files = sorted((ROOT / "tests").rglob("test_*.py"))
    here = [file.relative_to(ROOT) for file in files if file.parent.name not in LEFT_OUT]
    return [file for file in here if ASKS.search((ROOT / file).read_text(encoding="utf-8"))]


def year(step: int) -> list[str]:
    today = dt.datetime.now(SHANGHAI).date()
    days = [today + number * ONE_DAY for number in range(0, 366, step)]
    return [f"{day}T{HOURS[number % len(HOURS)]}" for number, day in enumerate(days)]


def main(words: list[str]) -> bool:
    if words == ["short"]:
        answers = [demos_hold(HARD), tests_hold(HARD[0], *ONCE, *asking())]
    elif not words:
        answers = [demos_hold(HARD + year(2)), *map(tests_hold, HARD[:2] + year(30))]
    else:
        moment, *command = words
        return subprocess.run(command, env=os.environ | clock(moment)).returncode == 0
    return all(answers)


if __name__ == "__main__":
    sys.exit(not main(sys.argv[1:]))
