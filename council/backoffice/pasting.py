"""The whole text of minutes at once: pasted, or from a DOCX file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from council.actions.docx_reading import read_docx
from council.actions.topics import plain_text

LONGEST = 500_000


class WholeTextForm(forms.Form):
    text = forms.CharField(
        label=_("The whole text"),
        required=False,
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 16}),
    )
    file = forms.FileField(
        label=_("Or a DOCX file"), required=False, help_text=_("At most 10 MB, without macros.")
    )

    def clean_file(self) -> str:
        upload = self.cleaned_data["file"]
        return read_docx(upload) if upload else ""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        said["whole"] = plain_text("\n".join(filter(None, (said.get("text"), said.get("file")))))
        if not self.errors and not said["whole"]:
            raise ValidationError(_("Paste the text, or choose a file."), code="text_missing")
        return said
