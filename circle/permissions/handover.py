"""Work that somebody has still to do, as each app says it, so that a colleague can take it over.

The hook `open_work` is called with the logins asked about and gives a list of Work.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from circle.hooks import hook_functions


@dataclass(frozen=True)
class Work:
    """One thing that is assigned to somebody and not over; `hand_over(to=, at=, by=)` is the app's action."""

    key: str  # such as "care:17", among all apps
    holder: int  # the login's pk
    community: int
    label: str
    due: dt.date | None
    hand_over: Callable[..., Any]


def open_work(holders: Iterable[int]) -> list[Work]:
    """Of these logins, the most urgent first."""
    asked = set(holders)
    found = [work for offered in hook_functions("open_work") for work in offered(asked)] if asked else []
    return sorted(found, key=lambda work: (work.due or dt.date.max, work.key))
