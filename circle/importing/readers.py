"""The rows of a CSV, XLSX or GeoJSON file, whatever program wrote it."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from circle.importing.columns import COMMENT, Column, name_of_heading
from circle.importing.shapes import middle_of
from circle.reporting.workbooks import open_workbook

FROM_SPREADSHEETS = ("utf-8-sig", "gb18030")
DELIMITERS = ",;\t"
FORMULA_ESCAPE = re.compile(r"^'(?=\s*[=+\-@])")  # our tables write '+358 for a phone that begins so
ZIP = b"PK"  # an XLSX file begins so, whatever its name says

Row = dict[str, str]


@dataclass
class Table:
    rows: list[tuple[int, Row]] = field(default_factory=list)  # numbered as the program that wrote them does
    headings: dict[str, str] = field(default_factory=dict)  # how the file heads each known column
    unknown: list[str] = field(default_factory=list)  # headings that no column has
    uneven: dict[int, str] = field(default_factory=dict)  # rows with too few or too many cells, and why


def read_table(path: Path, columns: dict[str, Column]) -> Table:
    """The rows of a file, by the names of the columns; the header of a table is row 1.

    Refuses: no_file, too_large, not_a_table, not_a_workbook, no_rows, columns_twice, missing_columns.
    """
    if not path.is_file():
        raise ValidationError(_("There is no file %(path)s."), code="no_file", params={"path": path})
    content = path.read_bytes()
    if path.suffix.lower() in (".geojson", ".json"):
        table = table_of_features(decode_text(content), columns)
    else:
        table = table_of_cells(sheet_rows(content) if content.startswith(ZIP) else csv_rows(content), columns)
    if not table.rows:
        raise ValidationError(_("There is no row in this file."), code="no_rows")
    needed = [name for name, column in columns.items() if column.needed]
    if missing := [columns[name].heading for name in needed if name not in table.headings]:
        sentence = _("These columns are missing: %(names)s.")
        raise ValidationError(sentence, code="missing_columns", params={"names": ", ".join(missing)})
    return table


def not_a_table() -> ValidationError:
    return ValidationError(
        _("This file is no CSV table, no Excel workbook and no GeoJSON, or it is cut off."),
        code="not_a_table",
    )


def decode_text(content: bytes) -> str:
    for encoding in FROM_SPREADSHEETS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise not_a_table()


def csv_rows(content: bytes) -> list[list[str]]:
    """With a comma, a semicolon or a tab between the cells, whichever its first line has most of."""
    text = decode_text(content)
    first = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=lambda sign: (first.count(sign), -DELIMITERS.index(sign)))
    try:
        return list(csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter))
    except csv.Error as error:
        raise not_a_table() from error


def sheet_rows(content: bytes) -> list[list[str]]:
    """Of the first sheet; whole numbers are written without a decimal point."""
    sheet = open_workbook(content).worksheets[0]
    return [[cell_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]


def cell_text(value: Any) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def table_of_cells(lines: Sequence[Sequence[str]], columns: dict[str, Column]) -> Table:
    table = Table()
    heads = [text.strip() for text in lines[0]] if lines else []
    while heads and not heads[-1]:
        heads.pop()
    names = named(table, heads, columns)
    for number, line in enumerate(lines[1:], start=2):
        cells = [FORMULA_ESCAPE.sub("", str(cell)).strip() for cell in line]
        if not any(cells) or cells[0].startswith(COMMENT):
            continue
        if len(cells) < len(heads):
            table.uneven[number] = _("The row ends before its last column.")
        elif any(cells[len(heads) :]):
            table.uneven[number] = _("The row has more cells than there are columns.")
        pairs = zip(names, cells, strict=False)
        table.rows.append((number, {name: cell for name, cell in pairs if name}))
    return table


def named(table: Table, heads: Iterable[str], columns: dict[str, Column]) -> list[str | None]:
    """The names of the columns; notes their headings and the unknown ones. Refuses: columns_twice."""
    names = []
    for head in heads:
        name = name_of_heading(head, columns)
        if name is None:
            table.unknown += [head] if head else []
        elif name in table.headings:
            sentence = _("The columns “%(one)s” and “%(other)s” mean the same. Remove one.")
            said = {"one": table.headings[name], "other": head}
            raise ValidationError(sentence, code="columns_twice", params=said)
        else:
            table.headings[name] = head
        names.append(name)
    return names


def table_of_features(text: str, columns: dict[str, Column]) -> Table:
    table = Table()
    try:
        found = list(feature_values(text))
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise not_a_table() from error
    heads = list(dict.fromkeys(name for values in found for name in values))
    names = dict(zip(heads, named(table, heads, columns), strict=True))
    for number, values in enumerate(found, start=1):
        row = {name: cell_text(value).strip() for head, value in values.items() if (name := names[head])}
        table.rows.append((number, row))
    return table


def feature_values(text: str) -> Iterator[dict[str, Any]]:
    for feature in json.loads(text)["features"]:
        longitude, latitude = middle_of(feature["geometry"])
        yield feature["properties"] | {"longitude": longitude, "latitude": latitude}
