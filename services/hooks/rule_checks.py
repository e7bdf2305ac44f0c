"""Which values of a rule the hall can read: the hook `rule_checks`."""

from collections.abc import Callable
from functools import partial
from typing import Any

from services.actions import no_shows, other_bookings, ticket_rules
from services.actions.rule_numbers import BOOKINGS_PER_DAY, NO_SHOWS, checked_numbers


def rule_checks() -> dict[str, Callable[[Any], object]]:
    return {
        no_shows.RULE: partial(checked_numbers, bounds=NO_SHOWS),
        other_bookings.RULE: partial(checked_numbers, bounds=BOOKINGS_PER_DAY),
        ticket_rules.RULE: ticket_rules.checked_priorities,
    }
