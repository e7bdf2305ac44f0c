"""The numbers of a rule, which staff enter by hand."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

Bounds = Mapping[str, tuple[int, int]]


def checked_numbers(params: Any, bounds: Bounds) -> dict[str, int]:
    """These values of the rule, each a whole number within its bounds.

    Refuses: rule_wrong.
    """
    values = params if isinstance(params, dict) else {}
    for name, (least, most) in bounds.items():
        value = values.get(name)
        if type(value) is not int or not least <= value <= most:  # True is an int, too
            raise ValidationError(
                _("“%(name)s” must be there, as a whole number from %(least)s to %(most)s."),
                code="rule_wrong",
                params={"name": name, "least": least, "most": most},
            )
    return {name: values[name] for name in bounds}
