"""What an app shows on the resident card: its rows about the person, and buttons for actions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class CardAction:
    """A button: it opens a page or, where it `sends` something, acts at once by POST."""

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
    """`acts` start something new for the person; a row's own `acts` continue that row."""

    code: str
    title: Any
    rows: Sequence[CardRow] = ()
    acts: Sequence[CardAction] = ()
