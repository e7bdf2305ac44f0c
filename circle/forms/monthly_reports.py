from django import forms
from django.utils.translation import gettext_lazy as _

from circle.models.monthly_reports import REASON_LENGTH, WORDS_LENGTH


class CheckReportForm(forms.Form):
    """`seen` is the hash of the figures that stood on the page."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    words = forms.CharField(
        label=_("In the director's words"),
        required=False,
        max_length=WORDS_LENGTH,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Stands above the figures. Name no residents."),
    )
    reason = forms.CharField(label=_("Why a further edition"), required=False, max_length=REASON_LENGTH)

    def __init__(self, *args: object, is_first: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if is_first:
            del self.fields["reason"]
