"""The form that begins an application."""

from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.actions import NAME_LENGTH


class StartForm(forms.Form):
    """For whom, where one may act for several guardians; who signs in for the first time gives a name."""

    guardian = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("The guardian's, as it stands on the identity card."),
        max_length=NAME_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    nursery_class = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    once = forms.CharField(widget=forms.HiddenInput, max_length=36)

    def __init__(self, *args: Any, needs_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs_name = needs_name

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if self.needs_name and not name:
            raise ValidationError(_("Enter your name."), code="name_missing")
        return name

    @classmethod
    def empty(cls, *, needs_name: bool, key: str, nursery_class: str) -> Self:
        return cls(needs_name=needs_name, initial={"once": key, "nursery_class": nursery_class})
