"""Facts that many querysets of one page ask for, read once while the page is built."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Fact = TypeVar("Fact")

_facts: ContextVar[dict[Hashable, Any] | None] = ContextVar("facts of this page", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Within it `read_once` remembers. Only for a request that writes nothing: an action reads anew."""
    token = _facts.set({})
    try:
        yield
    finally:
        _facts.reset(token)


def is_reading_once() -> bool:
    return _facts.get() is not None


def read_once(key: Hashable, read: Callable[[], Fact]) -> Fact:
    """What `read` returns; within `reading_once` asked only the first time for this key."""
    facts = _facts.get()
    if facts is None:
        return read()
    if key not in facts:
        facts[key] = read()
    found: Fact = facts[key]
    return found
