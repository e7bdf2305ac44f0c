"""Who is served before others at the hall: the dated rule `hall_priority`."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.calendar import legal_parameters
from services.models import Ticket

RULE = "hall_priority"


def checked_priorities(params: Any) -> list[str]:
    """Refuses: rule_wrong (not a list of known reasons)."""
    reasons = params.get("reasons") if isinstance(params, dict) else None
    if not isinstance(reasons, list) or not set(map(str, reasons)) <= set(Ticket.Priority.values):
        raise ValidationError(
            _("“reasons” must be a list of: %(known)s."),
            code="rule_wrong",
            params={"known": ", ".join(Ticket.Priority.values)},
        )
    return [str(reason) for reason in reasons]


def priorities(day: dt.date) -> list[str]:
    """The reasons in force on that day; none without a rule that can be read."""
    try:
        return checked_priorities(legal_parameters.rule_in_force(RULE, on=day).params)
    except ValidationError:
        return []


def priority_choices(day: dt.date) -> list[tuple[str, Any]]:
    return [(reason, Ticket.Priority(reason).label) for reason in priorities(day)]
