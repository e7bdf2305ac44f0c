"""Lets clients loose in processes of their own, on the database of the caller, and gathers the answers."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from circle.models import Resident, User
from services.models import Slot
from tests.race import children, process
from tests.race.clients import Answer
from tests.race.hall import Hall, signed_in

PROCESSES = 4


class Crowd:
    """Processes whose clients stand at the door."""

    def __init__(self, processes: list[children.Child]) -> None:
        self.processes = processes

    def let_in(self) -> None:
        children.let_in(self.processes)

    def answers(self) -> list[Answer]:
        """What they were told, once all are done."""
        return [Answer(**answer) for answer in children.answers_of(self.processes)]


@contextmanager
def crowd(plans: list[dict[str, Any]], processes: int = PROCESSES) -> Iterator[Crowd]:
    """The clients of these plans, dealt out to so many processes, at the door."""
    collect_statistics()
    dealt = [plans[first::processes] for first in range(min(processes, len(plans)))]
    with children.children(process.live, dealt) as found:
        yield Crowd(found)


def collect_statistics() -> None:
    """PostgreSQL does so by itself, but only a minute after the rows of a hall came."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


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
