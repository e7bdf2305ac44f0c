"""The locks, the scripts and the tree itself."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"requirements.lock": [], "requirements-test.lock": ["test"]}
BUILT = {".git", ".venv", "var", "media", "__pycache__"}
FOREIGN_PATHS = re.compile(r"(?<![\w.])/(?:home|Users)/\w+/|[A-Z]:\\\\Users")


def pins(lock: str) -> dict[str, str]:
    """Name → version."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9.-]+)==([^\s;]+)", text, flags=re.MULTILINE))


def asked_for(extras: list[str]) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = project["dependencies"] + [
        line for extra in extras for line in project["optional-dependencies"][extra]
    ]
    return [Requirement(line) for line in lines]


def tracked_files() -> list[Path]:
    """What git tracks; in a tree without git everything that no command of ours has built."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        paths = [path.relative_to(ROOT) for path in ROOT.rglob("*") if path.is_file()]
        return [path for path in paths if not BUILT & set(path.parts)]
    return [Path(name) for name in done.stdout.split("\0") if name and (ROOT / name).exists()]


def texts() -> dict[str, str]:
    found = {}
    for path in tracked_files():
        try:
            found[path.as_posix()] = (ROOT / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_carries_a_hash_for_every_package(lock):
    blocks = re.split(r"^(?=[a-z0-9])", (ROOT / lock).read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert [block.split("==")[0] for block in blocks if block.strip() and "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_index(lock):
    assert (
        re.findall(r"https?:|--(?:extra-)?index-url|--find-links", (ROOT / lock).read_text(encoding="utf-8"))
        == []
    )


@pytest.mark.parametrize(("lock", "extras"), LOCKS.items())
def test_lock_holds_exactly_what_the_project_asks_for(lock, extras):
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)
    direct = {block.split("==")[0] for block in blocks if "quarter-hour-circle" in block}
    assert direct == {canonicalize_name(wanted.name) for wanted in asked_for(extras)}


@pytest.mark.parametrize(("lock", "extras"), LOCKS.items())
def test_lock_keeps_within_the_versions_asked_for(lock, extras):
    pinned = pins(lock)
    wrong = [
        str(wanted)
        for wanted in asked_for(extras)
        if pinned[canonicalize_name(wanted.name)] not in wanted.specifier
    ]
    assert wrong == []


def test_test_lock_contains_the_run_lock():
    assert pins("requirements.lock").items() <= pins("requirements-test.lock").items()


def test_tracked_files_name_no_path_of_a_machine():
    ours = (f"{ROOT}/", f"{Path.home()}/")
    named = {
        name
        for name, text in texts().items()
        if FOREIGN_PATHS.search(text) or any(path in text for path in ours)
    }
    assert named - {"tests/test_tooling.py"} == set()


def test_tracked_files_hold_nothing_built():
    built = re.compile(r"\.(mo|pyc)$|\.sqlite3|^\.venv/|demo-sign-ins\.json$|(^|/)\.env$")
    assert [name for name in map(Path.as_posix, tracked_files()) if built.search(name)] == []


@pytest.mark.parametrize("script", [".ci/run", ".ci/with-postgres"])
def test_script_is_valid_and_stops_at_an_error(script):
    subprocess.run(["bash", "-n", script], cwd=ROOT, check=True)
    assert "set -euo pipefail" in (ROOT / script).read_text(encoding="utf-8").splitlines()


def test_makefile_parses_and_lists_its_targets():
    done = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True)
    listed = {line.split()[1] for line in done.stdout.splitlines()}
    assert {
        "demo",
        "demo-data",
        "test",
        "test-postgres",
        "test-dates",
        "matrix",
        "check",
        "bench",
        "lock",
        "messages",
    } <= listed
