from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from circle.forms.base import Renderer
from circle.models import Building, Community


class NumberForm(forms.Form):
    """Questions that only the owner of a number can answer."""

    building = forms.ModelChoiceField(
        Building.objects.none(), label=_("In which building do you live?"), to_field_name="short_code"
    )
    birth_year = forms.IntegerField(
        label=_("In which year were you born?"),
        min_value=1890,
        max_value=2100,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "bday-year"}),
        error_messages={"required": _("Enter four digits, such as 1951.")},
    )
    default_renderer = Renderer

    def __init__(self, *args: Any, community: Community, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["building"].queryset = Building.objects.filter(  # type: ignore[attr-defined]
            community=community
        )
