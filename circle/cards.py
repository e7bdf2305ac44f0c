"""What an app shows on a resident's card: its rows about the person, and a button for each thing to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Act:
    label: Any
    url: str


@dataclass(frozen=True)
class Row:
    title: Any
    url: str
    state: Any
    note: Any = ""
    acts: Sequence[Act] = ()


@dataclass(frozen=True)
class Part:
    """`acts` begin something new for the person; those of a row go on with it."""

    code: str
    title: Any
    rows: Sequence[Row] = ()
    acts: Sequence[Act] = ()
