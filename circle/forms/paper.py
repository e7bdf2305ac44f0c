"""Twins of forms on paper: the same fields in the same order, to be filled in with a pen."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from circle.forms.dates import PARTS, parts_in_order
from circle.hooks import hook_functions
from circle.models import Community

# Each is a class, whose declared fields stand on the sheet, or a form that was made for what is asked.
Part = type[forms.Form] | forms.Form
NOT_ON_PAPER = {"website", "take_off"}  # a trap for robots; what is on file already
MOST_LINES = 4
MOST_ROWS = 5  # of one column


@dataclass(frozen=True)
class PaperForm:
    """`entry`: the name of the page of the back office where the clerk types it in."""

    key: str
    title: Any
    entry: str
    parts: tuple[Part, ...]

    @property
    def classes(self) -> set[type[forms.Form]]:
        return {part if isinstance(part, type) else type(part) for part in self.parts}

    @property
    def is_long(self) -> bool:
        """Printed in two columns, so that it fits on one sheet."""
        return len(self.rows) > MOST_ROWS

    @property
    def rows(self) -> "list[PaperRow]":
        return [PaperRow(name, field) for part in self.parts for name, field in fields_of(part)]


@dataclass(frozen=True)
class PaperRow:
    name: str
    field: forms.Field

    @property
    def label(self) -> str:
        return str(self.field.label or self.name)

    @property
    def is_tick(self) -> bool:
        return isinstance(self.field, forms.BooleanField)

    @property
    def parts_of_day(self) -> list[Any]:
        """Year, month and day in the page's order, each with room before it; empty where it is no day."""
        is_day = isinstance(self.field, forms.DateField)
        return [PARTS[part][0] for part in parts_in_order()] if is_day else []

    @property
    def options(self) -> list[str]:
        """To tick one; empty where it is written, also where the page offers people or days."""
        if not isinstance(self.field, forms.ChoiceField):
            return []
        choices: Any = self.field.choices
        return [str(label) for value, label in choices if str(value)]

    @property
    def is_several(self) -> bool:
        return isinstance(self.field, forms.MultipleChoiceField)

    @property
    def lines(self) -> range:
        is_text = isinstance(self.field.widget, forms.Textarea)
        return range(min(int(self.field.widget.attrs.get("rows", MOST_LINES)), MOST_LINES) if is_text else 1)


def fields_of(part: Part) -> Iterator[tuple[str, forms.Field]]:
    fields = part.base_fields if isinstance(part, type) else part.fields
    for name, field in fields.items():
        if not field.widget.is_hidden and name not in NOT_ON_PAPER:
            yield name, field


def paper_forms(community: Community) -> dict[str, PaperForm]:
    """Of all apps by their keys, by the hook `paper_forms`."""
    offered = [form for forms_of in hook_functions("paper_forms") for form in forms_of(community)]
    return {form.key: form for form in offered}
