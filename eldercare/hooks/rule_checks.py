"""Which values of a rule elder care can read: the hook `rule_checks`."""

from collections.abc import Callable
from functools import partial
from typing import Any

from circle.calendar.rule_numbers import checked_numbers
from eldercare.actions import right_notices, series_ends
from eldercare.actions.canteen.cut_offs import RULE as MEAL_CUT_OFF
from eldercare.actions.canteen.cut_offs import checked_cut_offs


def rule_checks() -> dict[str, Callable[[Any], object]]:
    return {
        right_notices.RULE: partial(checked_numbers, bounds=right_notices.BOUNDS),
        series_ends.RULE: partial(checked_numbers, bounds=series_ends.BOUNDS),
        MEAL_CUT_OFF: checked_cut_offs,
    }
