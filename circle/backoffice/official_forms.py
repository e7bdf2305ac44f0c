from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.models import OfficialForm
from circle.reporting.lists import OfficialList, official_lists
from circle.reporting.workbooks import MAX_BYTES, likely_head_row


def list_choices() -> list[tuple[str, Any]]:
    return [(each.key, each.label) for each in official_lists().values()]


class OfficialFormForm(forms.ModelForm):
    list_key = forms.ChoiceField(label=_("filled with"), choices=list_choices)
    upload = forms.FileField(
        label=_("empty form (.xlsx)"), help_text=_("As the district sent it, with its headings.")
    )

    class Meta:
        model = OfficialForm
        fields = ("community", "name", "list_key")

    def clean_upload(self) -> bytes:
        """Its bytes. Refuses: too_large, not_a_workbook."""
        upload = self.cleaned_data["upload"]
        if upload.size > MAX_BYTES:
            raise ValidationError(_("The form is larger than 1 MB."), code="too_large")
        data: bytes = upload.read()
        self.instance.head_row = likely_head_row(data)
        self.instance.workbook = data
        return data


class ColumnsForm(forms.Form):
    """One choice for each heading of the workbook."""

    def __init__(
        self, *args: Any, source: OfficialList, headings: dict[str, str], named: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for letter, heading in headings.items():
            self.fields[letter] = forms.ChoiceField(
                label=heading[:80], choices=source.choices, required=False, initial=named.get(letter, "")
            )
