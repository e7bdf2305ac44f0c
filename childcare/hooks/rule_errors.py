"""What is wrong with the values of a rule of the nursery, before staff save it. The hook `rule_errors`."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from childcare.actions.ratio import OWN_AGES, RULE, is_ratio


def rule_errors(kind: str, params: Any) -> Iterator[str]:
    if kind == RULE and not is_ratio(params):
        yield _("For each of %(names)s give a whole number of children per carer, at least 1.") % {
            "names": ", ".join(OWN_AGES)
        }
