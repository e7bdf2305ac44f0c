from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from circle.models.ratings import Level
from circle.models.surveys import Question, SurveyAnswer


class SurveyForm(forms.Form):
    """The three questions. The action says which is missing."""

    gain, happy, safe = (
        forms.TypedChoiceField(
            label=question.label,
            choices=Level.choices,
            coerce=int,
            required=False,
            widget=forms.RadioSelect,
        )
        for question in Question
    )

    def answers(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] or 0 for name in Question.values}


class TypedSurveyForm(SurveyForm):
    """What somebody said at the window or wrote on a sheet."""

    channel = forms.ChoiceField(
        label=_("came"),
        choices=[choice for choice in SurveyAnswer.Channel.choices if choice[0] != "link"],
        widget=forms.RadioSelect,
    )
    field_order = ["channel", *Question.values]

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row


class SheetsForm(forms.Form):
    papers_out = forms.IntegerField(label=_("sheets handed out"), min_value=0, max_value=100_000)

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"papers_out": row.papers_out}} | kwargs)
        self.row = row
