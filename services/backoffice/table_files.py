"""Files of tables: read from a spreadsheet with its headings in either language, and written for one."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from tablib import Dataset
from tablib.exceptions import TablibException

from circle.importing.readers import decode_text
from circle.models import Community
from circle.reporting.workbooks import MAX_BYTES, MAX_COLUMNS, open_workbook
from circle.web.export_formats import csv_response
from circle.web.spreadsheets import xlsx_response
from services.actions.table_resources import Table

MAX_ROWS = 1000
ZIP = b"PK"  # an XLSX file begins so, whatever its name says


def read_table(table: Table, data: bytes) -> Dataset:
    """Refuses: too_large, not_a_workbook, not_a_table, no_rows, too_many_rows, unknown_columns,
    missing_columns."""
    if len(data) > MAX_BYTES:
        raise ValidationError(_("The file is larger than 1 MB."), code="too_large")
    rows = sheet_rows(data) if data.startswith(ZIP) else csv_rows(data)
    while rows and not any(value not in (None, "") for value in rows[-1]):
        rows.pop()
    if len(rows) < 2:
        raise ValidationError(_("There is no row in this file."), code="no_rows")
    if len(rows) - 1 > MAX_ROWS:
        sentence = _("There are %(count)s rows; at most %(most)s are taken at a time. Split the file.")
        said = {"count": len(rows) - 1, "most": MAX_ROWS}
        raise ValidationError(sentence, code="too_many_rows", params=said)
    names = column_names(table, [str(value or "").strip() for value in rows[0]])
    return Dataset(*(["" if value is None else value for value in row] for row in rows[1:]), headers=names)


def column_names(table: Table, headings: list[str]) -> list[str]:
    names = [table.name_of(heading) for heading in headings]
    unknown = [heading or "–" for heading, name in zip(headings, names, strict=True) if not name]
    if unknown or len(set(names)) < len(names):
        sentence = _("These columns are not known, or stand twice: %(names)s.")
        twice = [heading for heading, name in zip(headings, names, strict=True) if names.count(name) > 1]
        said = {"names": ", ".join((unknown or twice)[:10])}
        raise ValidationError(sentence, code="unknown_columns", params=said)
    missing = [table.labels[name] for name in table.resource._meta.import_id_fields if name not in names]
    if missing:
        sentence = _("These columns are missing: %(names)s.")
        raise ValidationError(sentence, code="missing_columns", params={"names": ", ".join(missing)})
    return names


def sheet_rows(data: bytes) -> list[list[Any]]:
    sheet = open_workbook(data).worksheets[0]
    rows = [list(row) for row in sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True)]
    width = max((n for row in rows for n, value in enumerate(row, 1) if value not in (None, "")), default=0)
    return [row[:width] for row in rows]


def csv_rows(data: bytes) -> list[list[Any]]:
    try:
        found = Dataset().load(decode_text(data), format="csv", headers=False)
    except (TablibException, ValueError) as error:
        raise ValidationError(
            _("This file is neither a CSV table nor a workbook."), code="not_a_table"
        ) from error
    return [list(row) for row in found]


def write_table(table: Table, community: Community, kind: str) -> HttpResponse:
    """All rows of the community; what a spreadsheet would run as a formula gets an apostrophe."""
    names = list(table.resource._meta.fields)
    resource = table.resource(community)
    rows = resource.export(resource.get_queryset().order_by("pk")).dict
    cells = [[table.labels[name] for name in names], *([row[name] for name in names] for row in rows)]
    file = f"{community.slug}-{table.key}.{kind}"
    return csv_response(file, cells) if kind == "csv" else xlsx_response(file, cells)
