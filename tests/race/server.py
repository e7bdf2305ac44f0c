"""A real gunicorn over the database of the caller, that may be killed and started again."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.browser.demo_site import ROOT, START_SECONDS
from tests.race.children import environment

CONFIG = "tests/race/gunicorn_conf.py"
BOOTED = re.compile(r"Booting worker with pid: (\d+)")


class Server:
    def __init__(
        self,
        directory: Path,
        listening: socket.socket,
        more: Mapping[str, str] | None = None,
        options: Sequence[str] = (),
    ) -> None:
        self.directory, self.more, self.options = directory, more or {}, options
        self.listening = listening
        self.origin = f"127.0.0.1:{listening.getsockname()[1]}"
        self.log = directory / "server.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Over the socket that stays open here: who connects while there is no server waits for the next."""
        where = [f"--bind=fd://{self.listening.fileno()}", f"--worker-tmp-dir={self.directory}"]
        options = [f"--config={CONFIG}", *where, *self.options]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "circle.wsgi", *options],
                cwd=ROOT,
                env=environment() | self.more,
                pass_fds=[self.listening.fileno()],
                start_new_session=True,
                stdout=log,
                stderr=log,
            )

    def wait_until_ready(self) -> None:
        try:
            urllib.request.urlopen(f"http://{self.origin}/readyz", timeout=START_SECONDS).close()
        except OSError as error:
            raise RuntimeError("The server did not start:\n" + self.log.read_text()[-4000:]) from error

    def workers(self) -> list[int]:
        """The living ones. They stand in the process group of the server that this object has started."""
        return [int(pid) for pid in BOOTED.findall(self.log.read_text()) if self.is_ours(int(pid))]

    def is_ours(self, pid: int) -> bool:
        try:
            return os.getpgid(pid) == self.process.pid
        except ProcessLookupError:
            return False

    def kill_worker(self) -> bool:
        """kill -9 one worker; False while there is none."""
        workers = self.workers()
        if workers:
            os.kill(workers[0], signal.SIGKILL)
        return bool(workers)

    def kill(self) -> None:
        """kill -9 the server with all its workers."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def served(
    directory: Path, more: Mapping[str, str] | None = None, options: Sequence[str] = ()
) -> Iterator[Server]:
    """`more` is added to the environment of its processes, `options` to the command line of gunicorn."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = Server(directory, listening, more, options)
        server.start()
        try:
            server.wait_until_ready()
            yield server
        finally:
            server.kill()  # nothing is left to be answered
