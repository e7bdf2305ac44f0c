from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from circle.actions import reveal_number
from circle.actions.reveals import MAY_REVEAL
from circle.admin.resident_actions import RESULT
from circle.backoffice.row_actions import RowAction, RowForm
from circle.models import Resident, Reveal


class RevealForm(RowForm):
    field = forms.ChoiceField(label=_("Which number?"), choices=Reveal.Field.choices)
    reason = forms.CharField(label=_("Why?"), max_length=120, widget=forms.Textarea(attrs={"rows": 2}))


def show(resident: Resident, **said: Any) -> dict[str, Any]:
    """In this response only: the page is not cached, and the number is in no address."""
    return RESULT | {"number": reveal_number(resident=resident, **said)}


REVEAL = RowAction(
    name="reveal",
    label=_("Show a whole number"),
    button=_("Show it"),
    form=RevealForm,
    perform=show,
    permission=MAY_REVEAL,
    available=lambda resident, at: bool(resident.id_number_sealed or resident.phone_sealed),
    sentence=_("Who looked, when and why is kept, and the person can see it."),
)
