"""One line of a page on which each line is saved by itself: whether it was touched, and upon what."""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from council.actions.revisions import changed_meanwhile_error


class LineForm(forms.Form):
    """One line of the page. `was` says what stood there when it was shown, so that nobody overwrites it."""

    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any,
        *,
        prefix: str,
        initial: dict[str, Any],
        more: Mapping[str, forms.Field] | None = None,
    ) -> None:
        super().__init__(data, prefix=prefix, initial=initial)
        self.fields |= more or {}
        self.saved = text_of(initial, self.fields)
        self.initial["was"] = self.saved

    @property
    def is_shown(self) -> bool:
        """Whether the page had this line when it was sent."""
        return self.add_prefix("was") in self.data

    @property
    def is_touched(self) -> bool:
        """Whether another value was typed; a line that the page did not show was not."""
        typed = {name: self[name].value() for name in self.fields}
        return self.is_shown and text_of(typed, self.fields) != str(self["was"].value())

    @property
    def is_outdated(self) -> bool:
        """Whether something else stands there by now than what the page showed."""
        return self.is_shown and self["was"].value() != self.saved

    @property
    def now(self) -> str:
        """What stands there by now, in words."""
        fields = {name: field for name, field in self.fields.items() if name != "was"}
        words = [
            f"{field.label}: {text_of_value(field, self.initial[name])}"
            for name, field in fields.items()
            if self.initial.get(name) not in (None, "")
        ]
        return "; ".join(words) or "–"

    def refuse_changed(self) -> None:
        """Refuses: changed_meanwhile."""
        if self["was"].value() != self.saved:
            raise changed_meanwhile_error()

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        self.refuse_changed()
        return said


def text_of_value(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        return str(dict(choices).get(value, value))
    return f"{value:%H:%M}" if isinstance(value, dt.time) else str(value)


def text_of(values: Mapping[str, Any], names: Iterable[str]) -> str:
    """The same for a page that offered more or fewer empty fields at its end."""

    def words(value: Any) -> str:
        if isinstance(value, dt.time):
            return f"{value:%H:%M}"
        return "" if value is None else str(value).replace("\r\n", "\n")

    said = [words(values.get(name)) for name in names if name != "was"]
    while said and not said[-1]:
        said.pop()
    return json.dumps(said)
