"""Starts clients in processes of their own, over the caller's database, and gathers what they were told."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection

from circle.models import Resident, User
from services.models import Slot
from tests.browser.demo_site import ROOT
from tests.race.clients import Answer
from tests.race.hall import Hall, signed_in

PROCESSES = 4
AT_MOST = 120  # seconds; then something hangs


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
    kept = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    return kept | ours


def database_url() -> str:
    """DATABASE_URL, with the name of the database that this process really uses: a test's own."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    said = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(said._replace(path=f"{said.path.rpartition('/')[0]}/{name}"))


class Crowd:
    """Processes whose clients stand at the door."""

    def __init__(self, plans: list[list[dict[str, Any]]]) -> None:
        self.processes: list[subprocess.Popen[str]] = []
        self.plans = plans

    def gather(self) -> None:
        for plan in self.plans:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.race.process"],
                cwd=ROOT,
                env=environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            self.processes.append(process)
            process.stdin.write(json.dumps(plan) + "\n")
            process.stdin.flush()
        said = [process.stdout.readline() for process in self.processes]
        assert said == ["ready\n"] * len(self.processes), said

    def let_in(self) -> None:
        for process in self.processes:
            process.stdin.write("go\n")
            process.stdin.flush()

    def answers(self) -> list[Answer]:
        """What they were told, once all are done."""
        said = [process.communicate(timeout=AT_MOST)[0] for process in self.processes]
        return [Answer(**answer) for text in said for answer in json.loads(text)]


@contextmanager
def crowd(plans: list[dict[str, Any]], processes: int = PROCESSES) -> Iterator[Crowd]:
    """The clients of these plans, dealt out to so many processes, at the door."""
    dealt = [plans[first::processes] for first in range(min(processes, len(plans)))]
    found = Crowd(dealt)
    with ExitStack() as stack:
        try:
            found.gather()
            for process in found.processes:
                stack.enter_context(process)
            yield found
        finally:
            for process in found.processes:
                process.kill()


def let_loose(plans: list[dict[str, Any]], processes: int = PROCESSES) -> list[Answer]:
    """Let all clients in at once; what they were told."""
    with crowd(plans, processes) as found:
        found.let_in()
        return found.answers()


# Plans ------------------------------------------------------------------------------------------------------


def caller(hall: Hall, kind: str = "Caller") -> dict[str, Any]:
    return {"kind": kind, "client": {"item": hall.item.pk, "clerk": hall.clerk.pk}}


def browser(hall: Hall, origin: str, login: User, *, is_patient: bool = False) -> dict[str, Any]:
    session = signed_in(login)
    client = {"item": hall.item.pk, "origin": origin, "session": session, "is_patient": is_patient}
    return {"kind": "Browser", "client": client}


def filling(slots: Iterable[Slot], family: list[Resident], **arguments: Any) -> dict[str, Any]:
    """Book places of these slots for the family until all are taken."""
    days = [(slot.pk, slot.day.isoformat()) for slot in slots]
    residents = [person.pk for person in family]
    return {"task": "fill", "arguments": {"slots": days, "residents": residents} | arguments}


def following(*steps: tuple[Any, ...]) -> dict[str, Any]:
    return {"task": "follow", "arguments": {"steps": steps}}
