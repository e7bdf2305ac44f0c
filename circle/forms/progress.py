from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.identifiers.public_codes import typed_code
from circle.search.progress import TAIL_LENGTH


class ProgressForm(forms.Form):
    """Where does my matter stand? For who does not sign in."""

    code = forms.CharField(
        label=_("Code or receipt number"),
        help_text=_("Of a booking, of errands, of care at home, of a nursery application or of a topic."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("Enter the code or the receipt number.")},
    )
    tail = forms.CharField(
        label=_("Last four digits of the phone number"),
        max_length=8,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Enter the last four digits of the phone number.")},
    )

    def clean_code(self) -> str:
        return typed_code(self.cleaned_data["code"])

    def clean_tail(self) -> str:
        digits = typed_code(self.cleaned_data["tail"])
        if len(digits) != TAIL_LENGTH or not (digits.isascii() and digits.isdecimal()):
            raise ValidationError(_("Enter the last four digits of the phone number."), code="tail_invalid")
        return digits
