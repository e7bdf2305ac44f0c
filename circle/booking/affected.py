"""Appointments that a change leaves without their time: what each app gives to the hook `appointments`."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from circle.hooks import hook_functions
from circle.models import Facility


@dataclass(frozen=True)
class Appointments:
    """The appointments of one kind.

    `stranded` gives those to come that no longer take place, or lack who gives them, with what `describe`,
    `place_of` and `starts_at` read. `move` (to the next like time) and `call_off` take the row, `at`, `by`
    and `reason`, act in a transaction of their own and tell the person once.
    """

    name: str  # unlike that of any other
    stranded: Callable[[dt.datetime], QuerySet[Any]]
    describe: Callable[[Any], str]
    place_of: Callable[[Any], Facility]
    starts_at: Callable[[Any], dt.datetime | dt.date]
    permission: str  # to move them and call them off
    queue: str  # address of the list of those that are stranded
    call_off: Callable[..., Any]
    move: Callable[..., Any]
    concerns_group: bool = True  # others could have booked these times


def all_appointments() -> list[Appointments]:
    return [kind for function in hook_functions("appointments") for kind in function()]


def stranded_keys(kinds: Iterable[Appointments], at: dt.datetime) -> list[str]:
    """Such as hall:17, in the order in which they begin."""
    return [f"{kind.name}:{pk}" for kind in kinds for pk in kind.stranded(at).values_list("pk", flat=True)]


def keys_of_kind(kind: Appointments, keys: Iterable[str]) -> list[int]:
    return [int(pk) for name, _colon, pk in (key.partition(":") for key in keys) if name == kind.name]
