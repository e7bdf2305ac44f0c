"""Legal limits and prices by date of validity; code asks for the value in force and contains none itself."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.models import Rule


def rule_in_force(kind: str, *, on: dt.date) -> Rule:
    """The row in force on that day: the latest whose `valid_from` is not after it.

    Refuses: rule_missing.
    """
    found = Rule.objects.filter(kind=kind, valid_from__lte=on).order_by("-valid_from").first()
    if found is None:
        raise ValidationError(
            _("The rule “%(kind)s” has no values for %(day)s. Please enter them in the back office."),
            code="rule_missing",
            params={"kind": kind, "day": on.isoformat()},
        )
    return found


def rule_value(kind: str, name: str, *, on: dt.date) -> Any:
    """One value of the rule in force on that day.

    Refuses: rule_missing (no row, or a row without this value).
    """
    found = rule_in_force(kind, on=on)
    if name not in found.params:
        raise ValidationError(
            _("The rule “%(kind)s” lacks its value “%(name)s”."),
            code="rule_missing",
            params={"kind": kind, "name": name},
        )
    return found.params[name]
