from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from circle.forms.base import Renderer
from circle.forms.dates import DayField
from circle.identifiers.phone_numbers import parse_mobile
from circle.models import Mandate, Resident

# An agency case is authorised on its own page.
PERSONAL_SCOPES = [(value, label) for value, label in Mandate.Scope.choices if value != Mandate.Scope.AGENCY]


class PeopleSelect(forms.Select):
    """Marks the names with the language in which they are written."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        return option | {
            "attrs": option["attrs"] | {"lang": "en" if value.instance.language == "en" else "zh-Hans"}
        }


class MandateForm(forms.Form):
    """Asking a relative to act for oneself, or for somebody else whom this phone serves."""

    principal = forms.ModelChoiceField(
        Resident.objects.none(),
        label=_("For whom shall they act?"),
        to_field_name="code",
        empty_label=None,
        widget=PeopleSelect,
    )
    phone = forms.CharField(
        label=_("Their mobile number"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("They get a message, sign in with this number and agree."),
    )
    scope = forms.ChoiceField(
        label=_("What may they do for you?"),
        choices=PERSONAL_SCOPES,
        initial=Mandate.Scope.BOOKINGS,
        help_text=_("For more than bookings and meals, staff have to have seen your identity card once."),
    )
    valid_until = DayField(
        label=_("Until when?"),
        required=False,
        help_text=_("Leave it empty if it shall hold until you end it."),
    )
    default_renderer = Renderer

    def __init__(self, *args: Any, people: "QuerySet[Resident]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["principal"].queryset = people  # type: ignore[attr-defined]

    def clean_phone(self) -> str:
        return parse_mobile(self.cleaned_data["phone"])
