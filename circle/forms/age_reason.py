from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

REASON = "age_reason"
EXCEPTIONS = ["not_for_age", "not_eligible"]  # the refusals that a reason overrules


class AgeReasonForm(forms.Form):
    """Staff are asked for a reason only after the action has refused: it is not meant for this person."""

    age_reason = forms.CharField(
        label=_("Why all the same?"),
        help_text=_("Fill it in only to make an exception. It is recorded."),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def asks_reason(self) -> bool:
        is_refused = any(self.has_error("__all__", code) for code in EXCEPTIONS)
        return self.is_bound and (is_refused or bool(self[REASON].value()))

    def visible_fields(self) -> list[Any]:
        shown: Iterable[Any] = super().visible_fields()
        return [field for field in shown if field.name != REASON or self.asks_reason()]
