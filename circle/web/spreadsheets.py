"""Tables as XLSX files, written with the standard library."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any
from xml.sax.saxutils import escape

from django.http import HttpRequest, HttpResponse

from circle.web.export_formats import csv_response

LONG_AGO = (2000, 1, 1, 0, 0, 0)  # so that the same table gives the same bytes
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
RELATED = f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{OFFICE}'
PARTS = {
    "[Content_Types].xml": (
        f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{SHEETS}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{SHEETS}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": f'{RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": (
        f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": f'{RELATED}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
# What XML 1.0 does not allow in a text.
FORBIDDEN = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535))
WIDEST, NARROWEST = 40, 6


def table_response(request: HttpRequest, name: str, table: Sequence[Sequence[Any]]) -> HttpResponse | None:
    """The file that ?csv=1 or ?xlsx=1 asks for; None where the page itself is wanted."""
    if request.GET.get("csv"):
        return csv_response(f"{name}.csv", table)
    return xlsx_response(f"{name}.xlsx", table) if request.GET.get("xlsx") else None


def xlsx_response(name: str, table: Sequence[Sequence[Any]]) -> HttpResponse:
    response = HttpResponse(write_xlsx(table), content_type=f"{SHEETS}.sheet")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def write_xlsx(table: Sequence[Sequence[Any]]) -> bytes:
    """One sheet. Numbers stay numbers; a text is stored as such, so none is run as a formula."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for part, content in {**PARTS, "xl/worksheets/sheet1.xml": sheet_of(table)}.items():
            archive.writestr(zipfile.ZipInfo(part, LONG_AGO), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def sheet_of(table: Sequence[Sequence[Any]]) -> str:
    rows = "".join(row_of(number, row) for number, row in enumerate(table, start=1))
    columns = "".join(columns_of(table))
    widths = f"<cols>{columns}</cols>" if columns else ""
    return f'{XML}<worksheet xmlns="{MAIN}">{widths}<sheetData>{rows}</sheetData></worksheet>'


def columns_of(table: Sequence[Sequence[Any]]) -> Iterator[str]:
    """As wide as their longest text; a Chinese sign counts for two."""
    for number in range(1, max((len(row) for row in table), default=0) + 1):
        texts = (str(row[number - 1]) for row in table if len(row) >= number)
        longest = max(sum(2 if ord(sign) > 255 else 1 for sign in text) for text in texts)
        width = min(max(longest + 2, NARROWEST), WIDEST)
        yield f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'


def row_of(number: int, row: Iterable[Any]) -> str:
    cells = "".join(cell_of(f"{column_name(n)}{number}", cell) for n, cell in enumerate(row))
    return f'<row r="{number}">{cells}</row>'


def column_name(number: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def cell_of(place: str, cell: Any) -> str:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        return f'<c r="{place}"><v>{cell}</v></c>'
    text = escape(str(cell).translate(FORBIDDEN))
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
