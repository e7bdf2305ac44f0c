"""One agenda item in the form of its meeting."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from council.actions.topics import plain_line, plain_text
from council.models import AgendaItem


class AgendaItemForm(forms.ModelForm):
    """Carries the digest of the item that it was filled in upon; one that was left alone is not saved."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    is_untouched = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.saved = {"title": self.instance.title_zh, "text": self.instance.text_zh}
            self.initial["seen"] = self.instance.digest(self.instance.topics.all())

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if self.errors or not self.instance.pk:
            return said
        typed = AgendaItem(kind=said["kind"])
        for name in ("title_zh", "title_en"):
            setattr(typed, name, plain_line(said[name]))
        for name in ("text_zh", "text_en"):
            setattr(typed, name, plain_text(said[name]))
        self.is_untouched = typed.digest(said["topics"]) == said["seen"]
        if not self.is_untouched and said["seen"] != self.initial["seen"]:
            sentence = _("Somebody has changed it a moment ago: %(title)s. %(text)s")
            raise ValidationError(sentence, code="changed_meanwhile", params=self.saved)
        return said
