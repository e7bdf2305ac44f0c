"""What can be rated: the hook `ratable`, by which each app names its things that were served."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from circle.hooks import hook_functions
from circle.models import Mandate, Resident


@dataclass(frozen=True)
class Served:
    """One thing that was served: to whom, by whom, when, its name and which item or kind it is of."""

    community: int
    title: tuple[str, str]  # zh, en
    about: tuple[str, int]  # model and id
    served_at: dt.datetime
    served_by: Sequence[int] = ()
    resident: Resident | None = None
    mandate: Mandate | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Ratable:
    """`label`: the model, as in the audit log; `permission` lets staff see such things and their ratings.

    `served_ids` finds what was served between two moments; `find` leaves out what is no longer served.
    """

    label: str
    permission: str
    served_ids: Callable[[dt.datetime, dt.datetime], Iterable[int]]
    find: Callable[[Sequence[int]], Mapping[int, Served]]


def ratable_kinds() -> dict[str, Ratable]:
    return {kind.label: kind for offered in hook_functions("ratable") for kind in offered()}
