"""Forms of texts in two languages: neither is changed without a look at the other."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

PAIRS = (("_zh", "_en"), ("_en", "_zh"))


class BilingualForm(forms.ModelForm):
    """Refuses by `other_language_unchanged` where only one of a pair of texts was changed, until ticked."""

    other_language_checked = forms.BooleanField(
        label=_("the other language still says the same"), required=False
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned: dict[str, Any] | None = super().clean()
        if self.instance.pk and not self.cleaned_data.get("other_language_checked"):
            for name in self.stale_texts():
                refusal = _(
                    "The text in the other language was changed, this one was not. Change it too, "
                    "or tick that it still says the same."
                )
                self.add_error(name, ValidationError(refusal, code="other_language_unchanged"))
        return cleaned

    def stale_texts(self) -> list[str]:
        changed = set(self.changed_data)
        others = [
            name.removesuffix(ending) + other
            for name in self.changed_data
            for ending, other in PAIRS
            if name.endswith(ending)
        ]
        return [name for name in others if name not in changed and self.cleaned_data.get(name)]
