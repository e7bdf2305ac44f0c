from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from circle.models.ratings import REASONS, WORDS_LENGTH, Level, Reason


class RatingForm(forms.Form):
    """What was good or bad at the level that was chosen. The action checks what belongs to it."""

    level = forms.TypedChoiceField(
        choices=Level.choices, coerce=int, required=False, widget=forms.HiddenInput
    )
    reasons = forms.MultipleChoiceField(
        label=_("What was it about?"),
        choices=Reason.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick what fits, or nothing."),
    )
    words = forms.CharField(
        label=_("In your words, if you like"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_level(self) -> int:
        """0 where none was chosen: the action says so."""
        return int(self.cleaned_data["level"] or 0)

    def __init__(self, *args: Any, level: int, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"level": level}} | kwargs)
        field: Any = self.fields["reasons"]
        field.choices = [(each.value, each.label) for each in REASONS.get(level, [])]


class TypedRatingForm(forms.Form):
    """What somebody said on the phone or wrote on paper."""

    level = forms.TypedChoiceField(
        label=_("level"), choices=Level.choices, coerce=int, widget=forms.RadioSelect
    )
    channel = forms.ChoiceField(
        label=_("came"), choices=[("call", _("by phone")), ("paper", _("on paper"))], widget=forms.RadioSelect
    )
    reasons = forms.MultipleChoiceField(
        label=_("what was good or bad"),
        choices=Reason.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label=_("in their words"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row
