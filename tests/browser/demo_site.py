"""One demo database in a directory of its own, and a server over a copy of it."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DATABASE = "demo.sqlite3"
SIGN_INS = "demo.demo-sign-ins.json"  # circle.demo.staff.sign_ins_file() of DATABASE
ERROR_PAGES = "error-pages.json"
START_SECONDS = 30
COMMANDS = (
    ["migrate", "--verbosity=0"],
    ["createcachetable"],
    ["load_demo"],
)


@dataclass(frozen=True)
class Site:
    """A running demo: its origin (http://127.0.0.1:port) and the directory with its database."""

    origin: str
    directory: Path

    @property
    def sign_ins(self) -> dict[str, str]:
        """Email → password of the demo staff."""
        found: dict[str, str] = json.loads((self.directory / SIGN_INS).read_text())
        return found

    @property
    def error_pages(self) -> dict[str, str]:
        """HTML by "404 zh elder" (status, language, look), see error_pages.py."""
        found: dict[str, str] = json.loads((self.directory / ERROR_PAGES).read_text())
        return found


def environment(directory: Path) -> dict[str, str]:
    """What the demo reads: nothing of the caller's own database, cache, mail or host names.

    Its commands and servers are not traced for coverage: that halves their speed, and the other tests reach
    the same lines.
    """
    ours = {
        "DEBUG": "on",
        "HTTPS": "off",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "DATABASE_URL": f"sqlite:///{directory / DATABASE}",
        "CACHE_URL": "dbcache://circle_cache",
        "EMAIL_URL": "consolemail://",
        "GROUP_ROBOTS": '{"jinyuan": "console://"}',
        "MEDIA_ROOT": str(directory / "media"),
        "DJANGO_SETTINGS_MODULE": "circle.settings",
    }
    return os.environ | ours


def prepare(directory: Path) -> None:
    """Make the database, its sign-ins and the error pages: about 9 s. Needs the compiled translations."""
    directory.mkdir(parents=True, exist_ok=True)
    for command in COMMANDS:
        run(directory, str(ROOT / "manage.py"), *command)
    run(directory, "-m", "tests.browser.error_pages", str(directory / ERROR_PAGES), DEBUG="off")


def run(directory: Path, *words: str, **variables: str) -> None:
    done = subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=environment(directory) | variables,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)} failed:\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}")


@contextlib.contextmanager
def served(prepared: Path, directory: Path) -> Iterator[Site]:
    """A server over a copy of the prepared demo, so that no worker sees another's edits."""
    shutil.copytree(prepared, directory)
    with socket.create_server(("127.0.0.1", 0)) as listening, (directory / "server.log").open("w") as log:
        # The socket is handed over open: no other process can take the port in between.
        where = [f"--bind=fd://{listening.fileno()}", f"--worker-tmp-dir={directory}", "--no-control-socket"]
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "circle.wsgi", "--workers=1", "--threads=4", *where],
            cwd=ROOT,
            env=environment(directory),
            pass_fds=[listening.fileno()],
            stdout=log,
            stderr=log,
        )
        site = Site(f"http://127.0.0.1:{listening.getsockname()[1]}", directory)
        try:
            wait_until_ready(site, process)
            yield site
        finally:
            process.terminate()
            process.wait(timeout=15)


def wait_until_ready(site: Site, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"{site.origin}/readyz", timeout=5).close()
        except OSError:  # refused, too slow, or not migrated yet
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("The demo did not start:\n" + (site.directory / "server.log").read_text()[-4000:])
