"""Coverage rests during a test that is marked, in its children too, and goes on after it."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.measuring import OF_CHILDREN

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("before", "rested", "after", "child", "rested_child", "late_case")
COUNTED = "".join(f"def {name}():\n    return 1\n" for name in NAMES)
SAMPLE = """
import subprocess, sys
import counted
import pytest

def call_in_child(name):
    subprocess.run([sys.executable, "-c", f"import counted; counted.{name}()"], check=True, cwd=%r)

def test_1(): counted.before()

@pytest.mark.unmeasured
def test_2():
    counted.rested()
    call_in_child("rested_child")

def test_3():
    counted.after()
    call_in_child("child")

@pytest.mark.parametrize("case", range(3))
def test_4(case):
    if case == 2:
        counted.late_case()
"""
CONFIG = """
[run]
branch = True
parallel = True
patch = subprocess
source = {here}
data_file = {here}/data
omit = {here}/test_sample.py,{here}/conftest.py
disable_warnings = already-imported
"""


def run_coverage(folder: Path, *words: str) -> None:
    environment = {name: value for name, value in os.environ.items() if name != OF_CHILDREN}
    done = subprocess.run(
        [sys.executable, "-m", "coverage", *words],
        cwd=ROOT,
        env=environment | {"PYTHONPATH": str(folder), "COVERAGE_RCFILE": str(folder / "coveragerc")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_marked_test_is_not_measured_and_the_next_one_is(tmp_path):
    (tmp_path / "coveragerc").write_text(CONFIG.format(here=tmp_path))
    (tmp_path / "counted.py").write_text(COUNTED)
    (tmp_path / "conftest.py").write_text("from tests.conftest import *\n")
    (tmp_path / "test_sample.py").write_text(SAMPLE % str(tmp_path))
    options = ["-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-c", "pyproject.toml"]

    run_coverage(tmp_path, "run", "-m", "pytest", *options, f"--rootdir={tmp_path}", str(tmp_path))
    run_coverage(tmp_path, "combine", "--quiet")
    run_coverage(tmp_path, "json", "--quiet", "-o", str(tmp_path / "found.json"))

    [found] = json.loads((tmp_path / "found.json").read_text())["files"].values()
    seen = {name for name, body in found["functions"].items() if name and body["executed_lines"]}
    assert seen == {"before", "after", "child"}
