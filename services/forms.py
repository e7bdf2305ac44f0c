from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from circle.models import Dimension
from services.models import Audience, Category, ServiceItemQuerySet


class CatalogueForm(forms.Form):
    """The filters of /services/. All of them are optional and combine with AND."""

    q = forms.CharField(label=_("Search the services"), required=False, max_length=60)
    theme = forms.ModelChoiceField(
        Category.objects.all(),
        label=_("Theme"),
        required=False,
        to_field_name="slug",
        empty_label=_("All themes"),
    )
    person = forms.ModelChoiceField(
        Audience.objects.all(),
        label=_("For whom"),
        required=False,
        to_field_name="slug",
        empty_label=_("Everyone"),
    )
    dimension = forms.ChoiceField(
        label=_("Part of life"),
        required=False,
        choices=[("", _("All parts of life")), *Dimension.choices],
    )
    bookable = forms.BooleanField(label=_("can be booked online"), required=False)
    spot = forms.BooleanField(label=_("done on the spot"), required=False)
    agency = forms.BooleanField(label=_("we do the errands for you"), required=False)
    on = forms.DateField(
        label=_("The list as of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter a date such as 2026-11-23.")},
    )

    def narrow(self, items: ServiceItemQuerySet) -> ServiceItemQuerySet:
        """The rows that pass every filter but the words and the date, which the view sees to."""
        said = self.cleaned_data
        conditions: dict[str, Any] = {
            "category": said.get("theme"),
            "audiences": said.get("person"),
            "dimension": said.get("dimension"),
            "is_bookable": said.get("bookable"),
            "has_agency": said.get("agency"),
        }
        items = items.filter(**{name: value for name, value in conditions.items() if value})
        return items.on_the_spot() if said.get("spot") else items
