"""The forms of the carer's page: numbers and taps, nothing to type."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.backoffice.row_actions import RowForm
from eldercare.actions.own_codes import who_confirms
from eldercare.models import ServiceRecord

# Tapped, and stored in the words of who taps.
STOPS = {
    "unwell": _("The elder feels unwell"),
    "values": _("The values are not within the limits"),
    "unsafe": _("The room is not safe or not warm"),
    "unwilling": _("The elder does not want it today"),
}


Signature = ServiceRecord.Signature
ON_PAPER_OR_BY_CALL = [(each.value, each.label) for each in (Signature.PAPER, Signature.CALL)]


def code_widget() -> forms.TextInput:
    return forms.TextInput(
        attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": 4, "pattern": "[0-9]*"}
    )


class BeginForm(RowForm):
    """The code of the other one is asked for only where two give the care."""

    code = forms.CharField(max_length=4, required=False, widget=code_widget())

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        second = who_confirms(self.row, by)
        if second:
            self.fields["code"].label = gettext("%(name)s types the own code") % {"name": second}
        else:
            del self.fields["code"]

    def clean(self) -> dict[str, Any]:
        return {"code": self.cleaned_data.get("code", "")}


class FinishForm(RowForm):
    """At the desk nobody draws."""

    done = forms.MultipleChoiceField(
        label=_("Done for the elder"), required=False, widget=forms.CheckboxSelectMultiple
    )
    signature = forms.ChoiceField(
        label=_("The elder's word"), choices=ON_PAPER_OR_BY_CALL, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tasks: Any = [(each.code, each.text) for each in self.row.kind.tasks]
        if tasks:
            field: Any = self.fields["done"]
            field.choices = tasks
        else:
            del self.fields["done"]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"done": said.get("done", []), "signature": said.get("signature", "")}


class SignForm(FinishForm):
    """On the carer's phone, where the elder can sign with a finger; the script writes what was drawn."""

    drawing = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["signature"]
        field.choices = [(Signature.GLASS.value, Signature.GLASS.label), *ON_PAPER_OR_BY_CALL]

    def clean(self) -> dict[str, Any]:
        return super().clean() | {"drawing": self.cleaned_data.get("drawing", "")}


class StopForm(RowForm):
    reason = forms.ChoiceField(label=_("Why it stops"), choices=list(STOPS.items()), widget=forms.RadioSelect)

    def clean(self) -> dict[str, Any]:
        """Without a choice the action asks for a reason."""
        code = self.cleaned_data.get("reason", "")
        return {"reason": str(STOPS[code]) if code in STOPS else ""}


class OwnCodeForm(forms.Form):
    code = forms.CharField(label=_("Four digits of your own"), max_length=4, widget=code_widget())
