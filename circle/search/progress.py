"""Where a matter stands, for who has its code and the last four digits of the phone number."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from circle.hooks import hook_functions
from circle.models import Mandate, Resident

TAIL_LENGTH = 4


@dataclass(frozen=True)
class Progress:
    """Nothing here says whose matter it is or what was written in it; `url` leads its person further."""

    title: Any
    state: Any
    note: str
    url: str
    phones: tuple[str, ...]


def numbers_of(resident: Resident | None, mandate: Mandate | None = None) -> tuple[str, ...]:
    """The numbers that stand for a matter: the person's, and where they have none the agent's."""
    if resident is None:
        return ()
    own = [resident.phone, resident.login.phone if resident.login else ""]
    found = tuple(filter(None, own))
    if found or mandate is None:
        return found
    in_force = Mandate.objects.active().filter(pk=mandate.pk).select_related("agent")
    return tuple(row.agent.phone for row in in_force if row.agent.phone_sealed)


def find_progress(code: str, tail: str) -> Progress | None:
    """The matter of this code, where one of its numbers ends with `tail`; codes of all apps differ."""
    answers: Iterable[Progress | None] = (offered(code) for offered in hook_functions("progress"))
    for found in answers:
        if found and len(tail) == TAIL_LENGTH and any(phone.endswith(tail) for phone in found.phones):
            return found
    return None
