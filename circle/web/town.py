"""What all visitors see alike, kept in the process while the stamp of the town stands.

A page that says so reads the stamps once, before anything else, and builds under them: facilities with their
stretches of opening, ways from a building, rendered parts. What is read later may be newer than its stamp
says, and is then built anew by the next page; never older. Whoever has read no stamps builds everything anew.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.utils import timezone

from circle.models.town_stamps import Stamps, stamp_of
from circle.web.kept import Kept

Fact = TypeVar("Fact")
FACTS_MOST = 300  # ways from 200 buildings, and the places of some days that visitors choose
FACTS_SECONDS = 600  # then made anew even under the same stamp, should one ever have been forgotten
PARTS_MOST = 500
FACTS: Kept[Any] = Kept(FACTS_MOST)
PARTS: Kept[Any] = Kept(PARTS_MOST)
_stamps: ContextVar[Stamps | None] = ContextVar("stamps of this page", default=None)


@contextmanager
def under_stamps(stamps: Stamps) -> Iterator[None]:
    token = _stamps.set(stamps)
    try:
        yield
    finally:
        _stamps.reset(token)


def keep_while_stamped(
    community_id: int, key: Hashable, make: Callable[[], Fact], store: Kept[Any] = FACTS
) -> Fact:
    """What `make` returns; for pages under the same stamp made once, so nobody may change it."""
    stamps = _stamps.get()
    if stamps is None:
        return make()
    period = int(timezone.now().timestamp() // FACTS_SECONDS)
    found: Fact = store.get((community_id, stamp_of(stamps, community_id), period, key), make)
    return found
