#!/usr/bin/env python3
"""Proves `make demo` on a fresh copy of the tree with an empty home; a second run must keep every edit."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", "*.sqlite3*", "*.mo", ".*_cache", "__pycache__", "media", "var", ".env"
)
START_SECONDS = 240
PAGES = {"/": 'lang="zh-Hans"', "/en/": 'lang="en"', "/services/?q=gljt": "高龄津贴"}
EDIT = "Facility.objects.filter(code='hall').update(phone='0851-0000 0199')"
LOOK = "print(Facility.objects.count(), Facility.objects.get(code='hall').phone)"


def served(origin: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            sys.exit(f"make demo stopped with {process.returncode}")
        try:
            urllib.request.urlopen(f"{origin}/healthz", timeout=5)
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    sys.exit(f"make demo served nothing within {START_SECONDS} s")


def check_pages(origin: str) -> None:
    for path, text in PAGES.items():
        with urllib.request.urlopen(origin + path, timeout=30) as response:
            if text not in response.read().decode():
                sys.exit(f"{path} lacks {text}")


def shell(clone: Path, environment: dict[str, str], code: str) -> str:
    command = [
        clone / ".venv/bin/python",
        "manage.py",
        "shell",
        "-c",
        f"from circle.models import Facility; {code}",
    ]
    done = subprocess.run(
        command, cwd=clone, env=environment | {"DEBUG": "on"}, check=True, capture_output=True, text=True
    )
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


def prove(directory: Path) -> None:
    clone = shutil.copytree(ROOT, directory / "clone", ignore=LEFT_OUT)
    (directory / "home").mkdir()
    environment = os.environ | {
        "HOME": str(directory / "home"),
        "XDG_CACHE_HOME": str(directory / "home/.cache"),
    }
    for name in ("DATABASE_URL", "SECRET_KEY", "DEBUG"):
        environment.pop(name, None)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    origin = f"http://127.0.0.1:{port}"

    begun = time.monotonic()
    process = subprocess.Popen(
        ["make", "demo", f"PORT={port}"], cwd=clone, env=environment, start_new_session=True
    )
    try:
        served(origin, process)
        first = time.monotonic() - begun
        check_pages(origin)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)  # make, runserver, its reloader and the sender of messages
            process.wait(timeout=30)

    shell(clone, environment, EDIT)
    before = shell(clone, environment, LOOK)
    begun = time.monotonic()
    subprocess.run(["make", "demo-data"], cwd=clone, env=environment, check=True)
    second = time.monotonic() - begun
    after = shell(clone, environment, LOOK)
    if not after.endswith("0851-0000 0199") or after != before:
        sys.exit(f"the second run changed what was entered: {before} became {after}")
    print(f"make demo: served after {first:.0f} s, package cache empty; again in {second:.0f} s, edits kept")


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that a time limit, too, ends the server
    with tempfile.TemporaryDirectory() as made:
        prove(Path(made))
