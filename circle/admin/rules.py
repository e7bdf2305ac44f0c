from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.fields import InvalidJSONInput
from django.utils.translation import gettext_lazy as _

from circle.backoffice.concurrent_edits import TellsOfOtherEdits
from circle.hooks import hook_functions, join_tables
from circle.models import Rule

MOST_SIGNS = 2000


class ParamsField(forms.JSONField):
    """Python refuses to read a number of thousands of digits, with an error that Django lets through."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and len(value) > MOST_SIGNS:
            raise ValidationError(
                _("At most %(count)s characters."), code="too_long", params={"count": MOST_SIGNS}
            )
        return super().to_python(value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        is_long = isinstance(data, str) and len(data) > MOST_SIGNS
        return InvalidJSONInput(data) if is_long else super().bound_data(data, initial)


class RuleForm(forms.ModelForm):
    class Meta:
        model = Rule
        fields = "__all__"  # noqa: DJ007 - the admin class names them
        field_classes = {"params": ParamsField}

    def clean(self) -> dict[str, Any]:
        """Refuses: as the app whose rule it is, which would otherwise fail where it reads it."""
        said = super().clean() or self.cleaned_data
        checks = join_tables(offered() for offered in hook_functions("rule_checks"))
        check = checks.get(said.get("kind"))
        if check and "params" in said:
            try:
                check(said["params"])
            except ValidationError as refusal:
                self.add_error("params", refusal)
        return said


@admin.register(Rule)
class RuleAdmin(TellsOfOtherEdits):
    """Legal limits and prices. A new value is a new row from its day on; the old one remains."""

    form = RuleForm
    list_display = ["kind", "valid_from", "params", "source_zh", "is_verified"]
    list_filter = ["is_verified"]
    search_fields = ["kind", "source_zh", "source_en"]
    fields = ["kind", "valid_from", "params", ("source_zh", "source_en"), "is_verified"]
