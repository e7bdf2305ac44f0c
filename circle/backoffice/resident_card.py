"""What an app shows on a resident's card: its rows about the person, and a button for each thing to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class CardAction:
    """A page to open; or, where it `sends` something, a deed that is done at once, by POST."""

    label: Any
    url: str
    sends: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CardRow:
    title: Any
    url: str
    state: Any
    note: Any = ""
    acts: Sequence[CardAction] = ()


@dataclass(frozen=True)
class CardSection:
    """`acts` begin something new for the person; those of a row go on with it."""

    code: str
    title: Any
    rows: Sequence[CardRow] = ()
    acts: Sequence[CardAction] = ()
