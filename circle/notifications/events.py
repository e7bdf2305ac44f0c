"""Every kind of message, in one table: each app names its own by the hook `message_events`."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from circle.hooks import hook_functions, join_tables

SIGNATURE_CHARS = {"zh": 12, "en": 24}  # characters of the community's name in a text message
VARIABLE_CHARS = 20  # the longest value that vendors of text messages accept

Finder = Callable[[Sequence[Any], dt.datetime], set[int]]


@dataclass(frozen=True)
class Event:
    """`variables`: the named values of its text message and the most Chinese characters of each.

    Two are computed: `when` from starts_at or expires_at, `real` is the message's code.
    """

    label: Any
    variables: Mapping[str, int]
    is_urgent: bool = False  # sent in quiet hours as well
    has_secret: bool = False  # valid for some minutes only, so it is not sent again
    find_untrue: Finder | None = None  # the ids of those of its messages that are no longer true


# Variables that the events of several apps carry.
WHEN, PLACE, CODE, PHONE, RECEIPT, REAL = (
    {"when": 13},
    {"place": 8},
    {"code": 8},
    {"phone": 14},
    {"receipt": 13},
    {"real": 6},
)


@cache
def message_events() -> dict[str, Event]:
    """Every event by its name, from the hook `message_events` of all apps."""
    return join_tables(rows() for rows in hook_functions("message_events"))
