from django import forms
from django.utils.translation import gettext_lazy as _

from circle.identifiers.public_codes import typed_code


class MessageCodeForm(forms.Form):
    """The code printed in every message of ours."""

    code = forms.CharField(
        label=_("The code in the message"),
        help_text=_("Six letters and digits after “Check” or on the badge; on a certificate eight."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
        error_messages={"required": _("Enter the code that stands in the message.")},
    )

    def clean_code(self) -> str:
        return typed_code(self.cleaned_data["code"])
