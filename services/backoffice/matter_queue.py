"""What a table gives to the queues of the desk, so that several tables are counted in one query."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from circle.backoffice.queues import Queue
from circle.models import User

Found = list[tuple[str, dt.date]]  # status and day of each row


@dataclass(frozen=True)
class MatterQueue:
    """`rows`: what waits within the posts of a login. `day`: until when, or since when, as a column."""

    permission: str
    rows: Callable[[User], QuerySet[Any]]
    day: Any
    queues: Callable[[Found], list[Queue]]
