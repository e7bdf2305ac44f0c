"""Which values of a rule the nursery can count with: the hook `rule_checks`."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from childcare.actions.ratio import OWN_AGES, RULE, is_ratio


def rule_checks() -> dict[str, Callable[[Any], object]]:
    return {RULE: check_ratio}


def check_ratio(params: Any) -> None:
    """Refuses: rule_wrong."""
    if not is_ratio(params):
        raise ValidationError(
            _("For each of %(names)s give a whole number of children per carer, at least 1."),
            code="rule_wrong",
            params={"names": ", ".join(OWN_AGES)},
        )
