"""What an app shows on a resident's card: its rows about the person, and a button for each thing to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Act:
    """A page to open; or, where it `sends` something, a deed that is done at once, by POST."""

    label: Any
    url: str
    sends: Mapping[str, str] = field(default_factory=dict)


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
