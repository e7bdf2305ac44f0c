"""The rows of a CSV or GeoJSON file, whatever program wrote it."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FROM_SPREADSHEETS = ("utf-8-sig", "gb18030")
REQUIRED_COLUMNS = ("code", "name_zh", "longitude", "latitude")

Row = dict[str, str]


def read_rows(path: Path) -> list[tuple[int, Row]]:
    """Numbered rows of a CSV or GeoJSON file of points; the header of a CSV is row 1.

    Refuses: no_file, not_a_table, no_rows, missing_columns.
    """
    if not path.is_file():
        raise ValidationError(_("There is no file %(path)s."), code="no_file", params={"path": path})
    text = decode_text(path.read_bytes())
    rows = list(geojson_rows(text) if path.suffix.lower() in (".geojson", ".json") else csv_rows(text))
    if not rows:
        raise ValidationError(_("There is no row in this file."), code="no_rows")
    missing = [name for name in REQUIRED_COLUMNS if name not in rows[0][1]]
    if missing:
        raise ValidationError(
            _("These columns are missing: %(names)s."),
            code="missing_columns",
            params={"names": ", ".join(missing)},
        )
    return rows


def decode_text(content: bytes) -> str:
    for encoding in FROM_SPREADSHEETS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValidationError(_("This file is neither a CSV table nor GeoJSON."), code="not_a_table")


def csv_rows(text: str) -> Iterator[tuple[int, Row]]:
    try:
        for number, row in enumerate(csv.DictReader(io.StringIO(text), strict=True), start=2):
            values = {(name or "").strip(): value for name, value in row.items() if isinstance(value, str)}
            if any(value.strip() for value in values.values()):
                yield number, {name: value.strip() for name, value in values.items()}
    except csv.Error as error:
        sentence = _("This file is neither a CSV table nor GeoJSON.")
        raise ValidationError(sentence, code="not_a_table") from error


def geojson_rows(text: str) -> Iterator[tuple[int, Row]]:
    try:
        for number, feature in enumerate(json.loads(text)["features"], start=1):
            longitude, latitude, *_height = feature["geometry"]["coordinates"]
            values = feature["properties"] | {"longitude": longitude, "latitude": latitude}
            yield number, {name: "" if value is None else str(value) for name, value in values.items()}
    except (ValueError, KeyError, TypeError) as error:
        sentence = _("This file is neither a CSV table nor GeoJSON.")
        raise ValidationError(sentence, code="not_a_table") from error
