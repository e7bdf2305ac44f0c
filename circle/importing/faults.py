"""What is wrong with a row of an import, by column and value and with what to do; and the report of all."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from circle.web.export_formats import escape_formula


class CellError(ValidationError):
    """One cell is wrong; `remedy` says what to do about it."""

    def __init__(
        self, column: str, value: str, sentence: str, code: str, remedy: str = "", **params: object
    ) -> None:
        super().__init__(sentence, code=code, params={"text": value, **params})
        self.column, self.value, self.remedy = column, value, remedy


@dataclass(frozen=True)
class Fault:
    row: int  # 0: the file as a whole
    column: str  # as the file heads it; empty where the row as a whole is wrong
    value: str
    sentence: str
    remedy: str

    def __str__(self) -> str:
        said = " ".join(part for part in (self.sentence, self.remedy) if part)
        if not self.column:
            return _("Row %(row)s: %(said)s") % {"row": self.row, "said": said}
        where = {"row": self.row, "column": self.column, "value": self.value, "said": said}
        if not self.value:
            return _("Row %(row)s, %(column)s: %(said)s") % where
        return _("Row %(row)s, %(column)s “%(value)s”: %(said)s") % where


@dataclass
class Report:
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    grids: list[str] = field(default_factory=list)  # made on the way
    remarks: list[str] = field(default_factory=list)  # sentences that refuse nothing
    faults: list[Fault] = field(default_factory=list)

    @property
    def taken(self) -> int:
        return self.new + self.changed + self.unchanged

    def note(
        self, number: int, row: Mapping[str, str], refusal: ValidationError, headings: Mapping[str, str]
    ) -> None:
        self.faults += faults_of(number, row, refusal, headings)


def faults_of(
    number: int, row: Mapping[str, str], refusal: ValidationError, headings: Mapping[str, str]
) -> Iterator[Fault]:
    """One for each sentence. `headings`: how the file heads each column."""
    if isinstance(refusal, CellError):
        column = headings.get(refusal.column, refusal.column)
        yield Fault(number, column, refusal.value, refusal.messages[0], refusal.remedy)
    elif hasattr(refusal, "error_dict"):
        for name, sentences in refusal.message_dict.items():
            known = name in row
            for sentence in sentences:
                yield Fault(
                    number, headings.get(name, name) if known else "", row.get(name, ""), sentence, ""
                )
    else:
        yield from (Fault(number, "", "", sentence, "") for sentence in refusal.messages)


def write_faults(path: Path, faults: list[Fault]) -> None:
    """As a CSV file that a spreadsheet opens."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(
            [
                pgettext("of a spreadsheet", "row"),
                _("column"),
                _("value"),
                _("what is wrong"),
                _("what to do"),
            ]
        )
        for fault in faults:
            cells = (fault.column, fault.value, fault.sentence, fault.remedy)
            writer.writerow([fault.row or "", *map(escape_formula, cells)])
