"""Which values of a rule circle itself can read: the hook `rule_checks`."""

from collections.abc import Callable
from functools import partial
from typing import Any

from circle.actions import ratings, surveys
from circle.calendar.rule_numbers import checked_numbers
from circle.notifications import figures


def rule_checks() -> dict[str, Callable[[Any], object]]:
    return {
        figures.RULE: partial(checked_numbers, bounds=figures.BOUNDS),
        ratings.RULE: partial(checked_numbers, bounds=ratings.BOUNDS),
        surveys.RULE: partial(checked_numbers, bounds=surveys.BOUNDS),
    }
