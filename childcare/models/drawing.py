"""The draw of a round on plain data: one list, walked down once, as static/childcare/check_draw.py does.

The list is published before anybody can know the seed, and each household's ticket depends on nothing but the
seed and its own lot: who withdraws moves nobody else.
"""

import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

TOGETHER, SPLIT = "together_only", "split_ok"
PLACED, PARTLY, WAITS = "placed", "partly", "waits"
HEADER = "lot,tier,mode,choices"


@dataclass(frozen=True)
class Household:
    """`choices` in the order of the household's wish; each names one class code for each child."""

    lot: int
    tier: int
    mode: str
    choices: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Line:
    """What the draw gave a household; an empty class code for a child without a place."""

    position: int
    lot: int
    tier: int
    ticket: str
    outcome: str
    classes: tuple[str, ...]


def list_of(households: Iterable[Household]) -> str:
    """The published list, by lot: the same bytes whatever the order of the rows."""
    rows = sorted(households, key=lambda each: each.lot)
    lines = [
        f"{each.lot},{each.tier},{each.mode},{' '.join('+'.join(choice) for choice in each.choices)}"
        for each in rows
    ]
    return "\n".join([HEADER, *lines]) + "\n"


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def seed_of(secret: str, digest: str, value: str) -> str:
    return sha256(f"{secret}|{digest}|{value}")


def ticket_of(seed: str, lot: int) -> str:
    return hmac.new(seed.encode(), str(lot).encode(), hashlib.sha256).hexdigest()


def draw(households: Iterable[Household], places: Mapping[str, int], seed: str) -> list[Line]:
    """By tier and ticket; each household takes its first choice that still has all its seats."""
    left = dict(places)
    tickets = {each: ticket_of(seed, each.lot) for each in households}
    lines = []
    for position, each in enumerate(sorted(tickets, key=lambda one: (one.tier, tickets[one])), start=1):
        classes = chosen_classes(each, left)
        for code in classes:
            if code:
                left[code] -= 1
        outcome = PLACED if all(classes) else PARTLY if any(classes) else WAITS
        lines.append(Line(position, each.lot, each.tier, tickets[each], outcome, classes))
    return lines


def chosen_classes(household: Household, left: Mapping[str, int]) -> tuple[str, ...]:
    for choice in household.choices:
        if all(left.get(code, 0) >= count for code, count in Counter(choice).items()):
            return choice
    children = len(household.choices[0])
    if household.mode != SPLIT:
        return ("",) * children
    free, taken = dict(left), []
    for child in range(children):
        wanted = (choice[child] for choice in household.choices)
        code = next((each for each in wanted if free.get(each, 0) > 0), "")
        if code:
            free[code] -= 1
        taken.append(code)
    return tuple(taken)
