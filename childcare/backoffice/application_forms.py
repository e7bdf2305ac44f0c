"""Forms of what staff do to an application."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from childcare.actions.answering import RevokeReason
from childcare.forms.siblings import SiblingsForm
from childcare.forms.wishes import WishForm
from childcare.models import Application, Paper
from childcare.models.applications import MISSING_LENGTH
from circle.backoffice.row_actions import (
    RowForm,
)
from circle.models import Via


class ViaForm(RowForm):
    via = forms.ChoiceField(
        label=_("How they asked"),
        choices=[(Via.WINDOW, Via.WINDOW.label), (Via.PHONE, Via.PHONE.label)],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how they asked.")},
    )


class WishAndViaForm(WishForm):
    def __init__(self, *args: Any, row: Application, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.fields["via"] = ViaForm(row=row).fields["via"]


class SiblingsAndViaForm(SiblingsForm):
    def __init__(self, *args: Any, row: Application, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.fields["via"] = ViaForm(row=row).fields["via"]


class MissingForm(RowForm):
    missing = forms.CharField(
        label=_("What is missing"),
        help_text=_("The guardian reads this sentence. Say what to do."),
        max_length=MISSING_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say what is missing.")},
    )


class PapersForm(RowForm):
    papers = forms.MultipleChoiceField(
        label=_("Originals that were seen"),
        choices=Paper.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers = self.row.papers.all()
        self.initial["papers"] = [paper.kind for paper in papers if paper.seen_at]


class RevokeForm(RowForm):
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=RevokeReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say why, in a few words.")},
    )
