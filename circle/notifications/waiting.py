"""What waits for a person: to be answered, to be chosen anew, to be come to. The head of /me/."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from circle.hooks import hook_functions
from circle.models import User

SOON = dt.timedelta(days=2)  # what comes later stands in the lists below


@dataclass(frozen=True)
class Waiting:
    """`due`: until when it has to be answered, or when it begins."""

    title: Any
    note: Any
    url: str
    due: dt.datetime


def what_waits(user: User, at: dt.datetime) -> list[Waiting]:
    """Of all apps, what is due first at the head."""
    answers: Iterable[list[Waiting]] = (offered(user, at) for offered in hook_functions("waiting"))
    return sorted((row for rows in answers for row in rows), key=lambda row: row.due)
