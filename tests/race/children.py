"""Processes of a race: each with its own connections to the caller's database, forked where Django is set up.

A process that sets Django up itself needs more than a second for it, and the races start about a hundred.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing import forkserver, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

from tests.browser.demo_site import ROOT

AT_MOST = 120  # seconds; then something hangs
READY = "ready"
FORKS = get_context("forkserver")


def environment() -> dict[str, str]:
    """Of a child on the same database; without coverage, whose files a killed process would leave torn."""
    ours = {
        "DJANGO_SETTINGS_MODULE": "circle.settings",
        "DATABASE_URL": database_url(),
        "CACHE_URL": "dbcache://circle_cache",
        "EMAIL_URL": "consolemail://",
        "ALLOWED_HOSTS": "127.0.0.1",
        "DEBUG": "off",
        "HTTPS": "off",
        "SECRET_KEY": settings.SECRET_KEY,
        "FIELD_KEYS": ",".join(settings.FIELD_KEYS),
        "INDEX_KEY": settings.INDEX_KEY,
    }
    return os.environ | ours


def database_url() -> str:
    """DATABASE_URL, with the name of the database that this process really uses: a test's own."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    said = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(said._replace(path=f"{said.path.rpartition('/')[0]}/{name}"))


def start_fork_server() -> None:
    """Once; it takes the environment that it finds, and stays until this process ends."""
    theirs, ours = environment() | {"PYTHONPATH": str(ROOT)}, dict(os.environ)
    take_environment(theirs)
    try:
        FORKS.set_forkserver_preload(["tests.race.django_ready"])
        forkserver.ensure_running()
    finally:
        take_environment(ours)


def take_environment(values: dict[str, str]) -> None:
    os.environ.clear()
    os.environ.update(values)


@dataclass
class Child:
    """A process and the pipe to it."""

    process: BaseProcess
    pipe: Connection

    def hear(self) -> Any:
        """What the child says next. EOFError: it has ended."""
        if not self.pipe.poll(AT_MOST):
            raise TimeoutError(f"nothing from {self.process.name} for {AT_MOST} s")
        return self.pipe.recv()


@contextmanager
def children(live: Callable[[Connection], None], jobs: list[Any]) -> Iterator[list[Child]]:
    """A process for each job, all at the door: `live` hears its job, says READY and waits for a word.

    None of them outlives this.
    """
    start_fork_server()
    found = []
    with ExitStack() as stack:
        for job in jobs:
            ours, theirs = FORKS.Pipe()
            process = FORKS.Process(target=begin, args=(live, theirs, database_url()), daemon=True)
            process.start()
            theirs.close()
            for each in (process.join, process.kill, ours.close):
                stack.callback(each)
            found.append(Child(process, ours))
            ours.send(job)
        said = [child.hear() for child in found]
        assert said == [READY] * len(found), said
        yield found


def begin(live: Callable[[Connection], None], pipe: Connection, database: str) -> None:
    from tests.race import django_ready  # noqa: F401 - a child that did not find Django set up does it itself

    assert os.environ["DATABASE_URL"] == database, "the fork server began on another database"
    live(pipe)


def let_in(found: list[Child]) -> None:
    for child in found:
        child.pipe.send("go")


def answers_of(found: list[Child]) -> list[Any]:
    """Of all, in one list, once they are done."""
    return [answer for child in found for answer in child.hear()]
