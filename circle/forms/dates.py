"""A day in three boxes, named and ordered by the page's language; it needs no script and no native picker."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.formats.language import is_english

PARTS = {
    "year": (pgettext_lazy("part of a date", "Year"), 4),
    "month": (pgettext_lazy("part of a date", "Month"), 2),
    "day": (pgettext_lazy("part of a date", "Day"), 2),
}
WRONG_DAY = _("{question}: give the year, the month and the day in numbers.")


def parts_in_order() -> list[str]:
    """Year, month, day; in English the day first."""
    return ["day", "month", "year"] if is_english() else ["year", "month", "day"]


class DayBoxes(forms.Widget):
    """Sends `<name>_year`, `<name>_month` and `<name>_day`; one whole date under `<name>` is read as well."""

    template_name = "circle/_day_boxes.html"
    use_fieldset = True
    is_drawn_whole = True  # for _field.html: a group of its own, not a list of choices

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_{parts_in_order()[0]}" if id_ else ""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str | None:
        if name in data:
            whole: str = data[name]
            return whole
        said = [str(data.get(f"{name}_{part}") or "").replace("-", " ").strip() for part in PARTS]
        return "-".join(said) if any(said) else None

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return name not in data and not any(f"{name}_{part}" in data for part in PARTS)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        found = self.build_attrs(self.attrs, attrs)
        typed = dict(zip(PARTS, split_day(value), strict=True))
        context["widget"]["boxes"] = [
            {
                "name": f"{name}_{part}",
                "id": f"{found.get('id', f'id_{name}')}_{part}",
                "label": PARTS[part][0],
                "length": PARTS[part][1],
                "value": typed[part],
            }
            for part in parts_in_order()
        ]
        context["widget"]["invalid"] = found.get("aria-invalid") == "true"
        return context


def split_day(value: Any) -> list[str]:
    """The three boxes again, with what was typed in each, whether it is a day or not."""
    if isinstance(value, dt.date):
        return [str(value.year), str(value.month), str(value.day)]
    parts = str(value or "").split("-")
    return parts if len(parts) == len(PARTS) else [str(value or ""), "", ""]


class DayField(forms.DateField):
    """A day that residents type in; what is no day is told with the name of the question."""

    widget = DayBoxes

    def __init__(self, *, label: Any, error_messages: Mapping[str, Any] | None = None, **more: Any) -> None:
        wrong = {"invalid": format_lazy(WRONG_DAY, question=label)}
        super().__init__(label=label, error_messages=wrong | dict(error_messages or {}), **more)
