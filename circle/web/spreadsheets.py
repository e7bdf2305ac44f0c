"""Tables as XLSX files. openpyxl is imported when one is written: it takes a tenth of a second and 20 MB."""

import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse

from circle.web.export_formats import csv_response, escape_formula

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST, NARROWEST = 40, 6


def table_response(request: HttpRequest, name: str, table: Sequence[Sequence[Any]]) -> HttpResponse | None:
    """The file that ?csv=1 or ?xlsx=1 asks for; None where the page itself is wanted."""
    if request.GET.get("csv"):
        return csv_response(f"{name}.csv", table)
    return xlsx_response(f"{name}.xlsx", table) if request.GET.get("xlsx") else None


def xlsx_response(name: str, table: Sequence[Sequence[Any]]) -> HttpResponse:
    response = HttpResponse(write_xlsx(table), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def write_xlsx(table: Sequence[Sequence[Any]]) -> bytes:
    """One sheet, its columns as wide as their texts. Numbers and days stay what they are; a text that a
    spreadsheet would run as a formula gets an apostrophe."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book, stream = Workbook(), io.BytesIO()
    sheet = book.active
    for row in table:
        sheet.append([cell_of(value) for value in row])
        for cell in sheet[sheet.max_row]:
            if isinstance(cell.value, Decimal):
                cell.number_format = "0.00"
    for number, width in enumerate(widths_of(table), start=1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    book.save(stream)
    return stream.getvalue()


def cell_of(value: Any) -> Any:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if value is None or isinstance(value, int | float | Decimal | dt.date | dt.time):
        return value
    return escape_formula(ILLEGAL_CHARACTERS_RE.sub("", str(value)))


def widths_of(table: Sequence[Sequence[Any]]) -> list[int]:
    """A Chinese sign counts for two."""
    widths: list[int] = []
    for number in range(max((len(row) for row in table), default=0)):
        texts = (str(row[number]) for row in table if len(row) > number)
        longest = max(sum(2 if ord(sign) > 255 else 1 for sign in text) for text in texts)
        widths.append(min(max(longest + 2, NARROWEST), WIDEST))
    return widths
