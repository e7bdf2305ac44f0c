"""What a corrected version of minutes says differently, word for word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext as _

from council.models.minutes import Decision, Point, Sheet
from council.models.resolutions import Resolution
from council.models.roll import Movement, Roll

# A Chinese character is a word of its own; Latin words and numbers stay whole.
WORDS = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """A stretch of text: "same", "del" (only before) or "ins" (only now)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Difference:
    """One passage that changed."""

    where: str
    pieces: list[Piece]


def compare_texts(before: str, now: str) -> list[Piece]:
    old, new = WORDS.findall(before), WORDS.findall(now)
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(old[i1:i2])))
            continue
        gone, come = "".join(old[i1:i2]), "".join(new[j1:j2])
        pieces += [Piece(kind, text) for kind, text in (("del", gone), ("ins", come)) if text]
    return pieces


def sheet_differences(before: Sheet, now: Sheet) -> list[Difference]:
    """Passage by passage, in the language of the page; nothing where all is the same."""
    old, new = dict(sheet_passages(before)), dict(sheet_passages(now))
    names = [*old, *(name for name in new if name not in old)]
    return [
        Difference(name, compare_texts(old.get(name, ""), new.get(name, "")))
        for name in names
        if old.get(name, "") != new.get(name, "")
    ]


def sheet_passages(sheet: Sheet) -> Iterator[tuple[str, str]]:
    yield _("Roll"), roll_sentence(sheet.roll)
    yield _("Who came and left"), "\n".join(map(movement_sentence, sheet.movements or []))
    for point in sheet.points:
        yield from point_passages(point)


def point_passages(point: Point) -> Iterator[tuple[str, str]]:
    words = {"number": point.number}
    yield _("Item %(number)s, title") % words, point.title
    yield _("Item %(number)s, result") % words, point.result_label
    yield _("Item %(number)s, minutes") % words, point.minutes
    if point.resolution:
        yield _("Item %(number)s, resolution") % words, point.resolution.text
        yield _("Item %(number)s, count of hands") % words, count_sentence(point.resolution)
        options = point.resolution.options_in_words
        yield _("Item %(number)s, options") % words, "\n".join(f"{text}: {votes}" for text, votes in options)


def roll_sentence(roll: Roll) -> str:
    words = {"present": roll.present, "entitled": roll.entitled, "quorum": roll.quorum, "late": roll.late}
    if roll.late:
        return (
            _(
                "%(present)s of %(entitled)s voting members present at the opening, %(quorum)s needed; "
                "%(late)s came later."
            )
            % words
        )
    return _("%(present)s of %(entitled)s voting members present, %(quorum)s needed.") % words


def movement_sentence(movement: Movement) -> str:
    """19:10: 1 left, 15 voting members present."""
    words = {"time": movement.at[11:16], "came": movement.came, "left": movement.left}
    words["present"] = movement.present
    if movement.came and movement.left:
        return _("%(time)s: %(came)s came, %(left)s left, then %(present)s voting members present") % words
    if movement.came:
        return _("%(time)s: %(came)s came, then %(present)s voting members present") % words
    return _("%(time)s: %(left)s left, then %(present)s voting members present") % words


def count_sentence(decision: Decision) -> str:
    words: dict[str, Any] = {
        name: getattr(decision, name) for name in ("yes", "no", "abstain", "present", "needed")
    }
    words["outcome"] = decision.outcome_label
    if decision.options:
        return options_sentence(decision, words)
    if decision.method == Resolution.Method.SECRET:
        words["invalid"] = decision.invalid
        return (
            _(
                "Secret slips: %(yes)s for, %(no)s against, %(abstain)s abstained, %(invalid)s invalid, of "
                "%(present)s present; %(needed)s for it were needed: %(outcome)s."
            )
            % words
        )
    if decision.method == Resolution.Method.RECORDED:
        return (
            _(
                "By name: %(yes)s for, %(no)s against, %(abstain)s abstained, of %(present)s present; "
                "%(needed)s for it were needed: %(outcome)s."
            )
            % words
        )
    return (
        _(
            "%(yes)s for, %(no)s against, %(abstain)s abstained, of %(present)s present; "
            "%(needed)s for it were needed: %(outcome)s."
        )
        % words
    )


def options_sentence(decision: Decision, words: dict[str, Any]) -> str:
    words["invalid"] = decision.invalid
    if decision.method == Resolution.Method.SECRET:
        return (
            _(
                "Secret slips: %(yes)s for the leading option, %(no)s for others, %(abstain)s abstained, "
                "%(invalid)s invalid, of %(present)s present; %(needed)s were needed: %(outcome)s."
            )
            % words
        )
    return (
        _(
            "%(yes)s for the leading option, %(no)s for others, %(abstain)s abstained, of %(present)s "
            "present; %(needed)s were needed: %(outcome)s."
        )
        % words
    )
