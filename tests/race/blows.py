"""What else may happen to a portal under load, beside the death of its own processes."""

import os
import resource
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from django.db import connection, connections

from tests.browser.demo_site import ROOT
from tests.race.children import environment
from tests.race.server import Server

FULL_SECONDS = 1.5
GONE_SECONDS = 20


def run_duties_twice() -> bool:
    """`tick` and `send_messages`, each of them on two machines at once."""
    commands = [["tick"], ["tick"], ["send_messages"], ["send_messages"]]
    running = [
        subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for command in commands
    ]
    return [each.wait(timeout=120) for each in running] == [0] * len(commands)


def fill_disk(server: Server) -> bool:
    """No file of the portal's workers may grow for a moment, as on a full disk; no root is needed for it."""
    pids = [server.process.pid, *server.workers()] if server.process else []
    struck = [pid for pid in pids if limit_files(pid, 1)]
    time.sleep(FULL_SECONDS)
    for pid in [*pids, *server.workers()]:  # those that were begun meanwhile as well
        limit_files(pid, resource.RLIM_INFINITY)
    return bool(struck)


def limit_files(pid: int, most: int) -> bool:
    try:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
    except (ProcessLookupError, PermissionError):
        return False
    return True


class PostgresServer:
    """The server of .ci/with-postgres, which may be killed: this database is ours alone."""

    def __init__(self) -> None:
        self.home, self.bin = Path(os.environ["PG_HOME"]), Path(os.environ["PG_BIN"])
        self.recoveries: list[float] = []

    def kill(self, away: float = 0) -> None:
        """kill -9 the server with all that serve its connections, and start it again after so long."""
        first = int((self.home / "data/postmaster.pid").read_text().splitlines()[0])
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for pid in [first, *map(int, children)]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        time.sleep(away)
        (self.home / "data/postmaster.pid").unlink(missing_ok=True)
        owner = ["setpriv", "--reuid", "nobody", "--clear-groups"] if os.geteuid() == 0 else []
        options = f"-c listen_addresses='' -k '{self.home}'"
        command = [
            "start",
            "--pgdata",
            "data",
            "--wait",
            "--log",
            f"{self.home}/log",
            "--options",
            options,
        ]
        subprocess.run(
            [*owner, self.bin / "pg_ctl", *command], cwd=self.home, check=True, stdout=subprocess.DEVNULL
        )
        connections.close_all()

    def strike(self, server: Server, away: float = 0) -> bool:
        self.kill(away)
        begun = time.monotonic()
        wait_until_served(server)
        self.recoveries.append(time.monotonic() - begun)
        return True


def wait_until_served(server: Server) -> None:
    """Without a hand: nobody restarts the portal."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"http://{server.origin}/readyz", timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    raise RuntimeError("the portal does not serve again")


def blows_for(server: Server) -> dict[str, Callable[[], bool]]:
    """Those that this engine can be dealt anywhere."""
    found: dict[str, Callable[[], bool]] = {"duties twice": run_duties_twice}
    if connection.vendor == "sqlite":
        found["full disk"] = lambda: fill_disk(server)
    return found
