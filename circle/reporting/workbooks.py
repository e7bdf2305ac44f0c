"""The district's empty workbook: read once for its headings, filled with our rows as often as one asks.

openpyxl is imported when a workbook is read: it takes a tenth of a second and 20 MB.
"""

import io
import zipfile
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.reporting.lists import ROW_NUMBER
from circle.web.export_formats import escape_formula

MAX_BYTES = 1024 * 1024
MAX_UNPACKED = 20 * MAX_BYTES  # a workbook is an archive, which may be small and unpack to gigabytes
MAX_COLUMNS = 60
SEARCHED = 15  # the headings stand in one of the first rows


def open_workbook(data: bytes) -> Any:
    """Refuses: too_large, not_a_workbook."""
    if len(data) > MAX_BYTES:
        raise ValidationError(_("The form is larger than 1 MB."), code="too_large")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > MAX_UNPACKED:
                raise ValidationError(_("The form is too large when it is unpacked."), code="too_large")
        from openpyxl import load_workbook

        return load_workbook(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, SyntaxError, TypeError) as error:
        sentence = _("This is no Excel workbook (.xlsx). Save it as .xlsx and upload it again.")
        raise ValidationError(sentence, code="not_a_workbook") from error


def likely_head_row(data: bytes) -> int:
    """Of the first rows of the first sheet the one with most headings."""
    sheet = open_workbook(data).worksheets[0]
    rows = range(1, min(sheet.max_row, SEARCHED) + 1)
    return max(rows, key=lambda number: (len(headings_of(sheet, number)), -number), default=1)


def headings(data: bytes, head_row: int) -> dict[str, str]:
    """What stands in the columns of this row, by their letters. Refuses: no_headings."""
    found = headings_of(open_workbook(data).worksheets[0], head_row)
    if not found:
        raise ValidationError(_("There are no headings in row %(row)s."), "no_headings", {"row": head_row})
    return found


def headings_of(sheet: Any, number: int) -> dict[str, str]:
    cells = next(sheet.iter_rows(min_row=number, max_row=number, max_col=MAX_COLUMNS), ())
    return {cell.column_letter: str(cell.value) for cell in cells if cell.value not in (None, "")}


def filled(
    data: bytes, head_row: int, columns: Mapping[str, str], rows: Iterable[Mapping[str, Any]]
) -> tuple[bytes, int]:
    """The workbook with one row of ours in each line below its headings, and how many they are."""
    book = open_workbook(data)
    sheet, count = book.worksheets[0], 0
    for count, row in enumerate(rows, 1):
        values = {ROW_NUMBER: count, **row}
        for letter, name in columns.items():
            sheet[f"{letter}{head_row + count}"] = escape_formula(values.get(name, ""))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue(), count
