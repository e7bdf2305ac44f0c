"""Checks of the single values of an import, each refused with a sentence and a remedy."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from circle.importing.faults import CellError

YES = ("yes", "true", "1", "y", "是", "有")
NO = ("no", "false", "0", "n", "否", "无")

Row = Mapping[str, str]


def read_degrees(row: Row, name: str) -> Decimal:
    return degrees_of(name, row.get(name, ""))


def degrees_of(name: str, text: str) -> Decimal:
    """Refuses: not_a_number."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("nan")
    if not number.is_finite() or abs(number) > 180:
        remedy = (
            _("Write the decimals after a point, not after a comma.")
            if re.fullmatch(r"\s*-?\d+[,，]\d+\s*", text)
            else _("Write it as in 116.351200.")
        )
        raise CellError(name, text, _("“%(text)s” is not a number of degrees."), "not_a_number", remedy)
    return number.quantize(Decimal("0.000001"))


def read_yes_no(row: Row, name: str) -> bool:
    """Refuses: not_yes_no."""
    text = row[name].strip().lower()
    if text not in YES + NO:
        sentence = _("“%(text)s” is neither yes nor no.")
        raise CellError(name, row[name], sentence, "not_yes_no", _("Write yes or no, or leave it empty."))
    return text in YES


def read_whole_number(row: Row, name: str) -> int:
    """Refuses: not_a_number."""
    text = row[name]
    if not text.isascii() or not text.isdigit():
        sentence = _("“%(text)s” is not a whole number.")
        remedy = _("Write digits only, or leave it empty.")
        raise CellError(name, text, sentence, "not_a_number", remedy)
    return int(text)


def read_needed(row: Row, name: str) -> str:
    """Refuses: empty."""
    if not row.get(name):
        raise CellError(name, "", _("This cell is empty."), "empty", _("Fill it in."))
    return row[name]


class DuplicateCheck:
    """Refuses a code that stands twice in the file. Names may repeat."""

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}

    def check(self, number: int, code: str) -> None:
        """Refuses: twice."""
        first = self.rows.setdefault(code, number)
        if first != number:
            sentence = _("“%(text)s” stands in row %(row)s already.")
            raise CellError("code", code, sentence, "twice", _("Give each row a code of its own."), row=first)
