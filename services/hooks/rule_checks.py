"""Which values of a rule the hall can read: the hook `rule_checks`."""

from collections.abc import Callable
from functools import partial
from typing import Any

from circle.calendar.rule_numbers import checked_numbers
from services.actions import no_shows, other_bookings, ticket_rules


def rule_checks() -> dict[str, Callable[[Any], object]]:
    return {
        no_shows.RULE: partial(checked_numbers, bounds=no_shows.BOUNDS),
        other_bookings.RULE: partial(checked_numbers, bounds=other_bookings.BOUNDS),
        ticket_rules.RULE: ticket_rules.checked_priorities,
    }
