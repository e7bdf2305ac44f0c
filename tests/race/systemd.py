"""Runs deploy/circle.service over the socket of deploy/circle.socket as systemd does, for a test."""

import configparser
import os
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser.demo_site import ROOT
from tests.race.children import environment

# What systemd does between fork and exec: the socket is number 3, and the variables name this very process.
HAND_OVER = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.set_inheritable(3, True); "
    "os.environ |= {'LISTEN_FDS': '1', 'LISTEN_PID': str(os.getpid())}; os.execv(sys.argv[2], sys.argv[2:])"
)
INSTALLED = "/srv/circle/.venv/bin/gunicorn"
# With pytest loaded, circle.settings takes the plain files of a test run.
OWN_PYTHON = [sys.executable, "-c", "import pytest, gunicorn.app.wsgiapp as shipped; shipped.run()"]
STOP_SECONDS = 35


def read_unit(name: str) -> configparser.ConfigParser:
    unit = configparser.ConfigParser(interpolation=None, strict=False)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read_string((ROOT / "deploy" / name).read_text(encoding="utf-8"))
    return unit


class Service:
    """The portal as the unit starts it; `bind` takes the place of the socket that systemd holds."""

    def __init__(self, directory: Path, held: socket.socket | None = None, bind: Path | None = None) -> None:
        self.directory, self.held, self.bind = directory, held, bind
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        begin = shlex.split(read_unit("circle.service")["Service"]["ExecStart"])
        assert begin[0] == INSTALLED
        command = [*OWN_PYTHON, *begin[1:], f"--worker-tmp-dir={self.directory}"]
        if self.bind:
            command.append(f"--bind=unix:{self.bind}")
        if self.held:
            command = [sys.executable, "-c", HAND_OVER, str(self.held.fileno()), *command]
        with (self.directory / "service.log").open("a") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment(),
                pass_fds=[self.held.fileno()] if self.held else [],
                start_new_session=True,
                stdout=log,
                stderr=log,
            )

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """TERM goes to every process of the unit, also to what is left once the first one was killed."""
        assert self.process
        if how != signal.SIGTERM:
            self.process.send_signal(how)
            self.process.wait(timeout=STOP_SECONDS)
        os.killpg(self.process.pid, signal.SIGTERM)
        self.process.wait(timeout=STOP_SECONDS)

    def kill(self) -> None:
        assert self.process
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return
        self.process.wait(timeout=STOP_SECONDS)


@contextmanager
def held_socket(path: Path) -> Iterator[socket.socket]:
    """Open as long as the socket unit is, whatever the service does."""
    with socket.socket(socket.AF_UNIX) as held:
        held.bind(str(path))
        held.listen(4096)
        yield held
