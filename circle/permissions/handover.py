"""Open work of a member of staff, collected from all apps, so that a colleague can take it over.

The hook `open_work` takes a set of primary keys of logins and returns a list of Work.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from circle.hooks import hook_functions


@dataclass(frozen=True)
class Work:
    """One assigned thing that is not finished; `hand_over(to=, at=, by=)` is the app's action."""

    key: str  # such as "care:17", unique among all apps
    holder: int  # the login's pk
    community: int
    label: str
    due: dt.date | None
    hand_over: Callable[..., Any]


def open_work(holders: Iterable[int]) -> list[Work]:
    """The open work of these logins, earliest due date first."""
    asked = set(holders)
    found = [work for offered in hook_functions("open_work") for work in offered(asked)] if asked else []
    return sorted(found, key=lambda work: (work.due or dt.date.max, work.key))
