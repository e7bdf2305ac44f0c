"""The second parent: named by the first, confirmed by themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from childcare.forms.days import WRONG_DAY
from childcare.forms.fields import DayInput
from childcare.models import Application
from circle.actions import NAME_LENGTH


class SecondParentForm(forms.Form):
    phone = forms.CharField(
        label=_("Mobile number of the other parent"),
        help_text=_("We write to it. The message and the page say nothing about the child."),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "numeric"}),
        error_messages={"required": _("Enter the mobile number of the other parent.")},
    )
    relation = forms.ChoiceField(
        label=_("What they are to the child"),
        choices=Application.Relation.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what they are to the child.")},
    )


class ConfirmParentForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name.")},
    )
    child_born_on = forms.DateField(
        label=_("Birthday of your child"),
        help_text=_("As the other parent entered it. So no stranger is confirmed by mistake."),
        widget=DayInput(),
        error_messages=WRONG_DAY,
    )

    def __init__(self, *args: Any, is_known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_known:  # the register has the name
            self.fields["name"].required = False
            self.fields["name"].label = _("Your name, if you are somebody else")
