"""What the imports of facilities and buildings share: rows, points, and a report of the problems."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from circle.models import Community, Located
from circle.proximity.street_cache import likely_datum, streets_of
from circle.walking.datum import is_in_china, to_wgs84
from circle.walking.doors import FARTHEST_M

FROM_SPREADSHEETS = ("utf-8-sig", "gb18030")
REQUIRED_COLUMNS = ("code", "name_zh", "longitude", "latitude")


@dataclass
class Report:
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[tuple[int, str]] = field(default_factory=list)  # number of the row, sentence

    def note(self, number: int, refusal: ValidationError) -> None:
        self.problems += [(number, sentence) for sentence in refusal.messages]


Row = dict[str, str]


def find_community(slug: str) -> Community:
    """The community of that short name, or the only one. Refuses: no_community, several_communities."""
    found = list(Community.objects.filter(slug=slug) if slug else Community.objects.all()[:2])
    if not found:
        raise ValidationError(_("There is no such community."), code="no_community")
    if len(found) > 1:
        sentence = _("There are several communities: name one with --community.")
        raise ValidationError(sentence, code="several_communities")
    return found[0]


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


class PointReader:
    """Reads the point of a row and refuses implausible ones."""

    def __init__(self, community: Community, datum: str, *, off_street: bool = False) -> None:
        self.community, self.datum = community, datum
        self.streets = None if off_street else streets_of(community)

    def columns(self, row: Row) -> dict[str, Any]:
        """`Located` columns. Refuses: not_a_number, swapped, outside_china, wrong_datum, off_street."""
        longitude, latitude = read_degrees(row, "longitude"), read_degrees(row, "latitude")
        entered = (float(longitude), float(latitude))
        if not is_in_china(entered):
            self.refuse_place(entered)
        east, north = to_wgs84(entered, self.datum)
        self.refuse_far(entered, (east, north))
        return {
            "longitude": Decimal(f"{east:.6f}"),
            "latitude": Decimal(f"{north:.6f}"),
            "datum_entered": self.datum,
            "longitude_entered": longitude,
            "latitude_entered": latitude,
        }

    def refuse_place(self, entered: tuple[float, float]) -> None:
        if is_in_china((entered[1], entered[0])):
            raise ValidationError(_("Longitude and latitude are swapped."), code="swapped")
        raise ValidationError(_("This point lies outside China."), code="outside_china")

    def refuse_far(self, entered: tuple[float, float], point: tuple[float, float]) -> None:
        if not self.streets or self.streets.doors.door(point):
            return
        other = likely_datum(self.community, entered, self.datum)
        if other:
            raise ValidationError(
                _("This point is far from any street; read as %(datum)s it lies beside one."),
                code="wrong_datum",
                params={"datum": Located.Datum(other).label},
            )
        raise ValidationError(
            _("The nearest street is more than %(metres)s m away."),
            code="off_street",
            params={"metres": FARTHEST_M},
        )


def read_degrees(row: Row, name: str) -> Decimal:
    try:
        number = Decimal(row[name])
    except InvalidOperation as error:
        raise ValidationError(
            _("“%(text)s” is not a number of degrees."), code="not_a_number", params={"text": row[name]}
        ) from error
    if not number.is_finite() or abs(number) > 180:
        raise ValidationError(
            _("“%(text)s” is not a number of degrees."), code="not_a_number", params={"text": row[name]}
        )
    return number.quantize(Decimal("0.000001"))


class DuplicateCheck:
    """Refuses codes and names that occur twice, in the file or among existing places."""

    def __init__(self, known: dict[str, str]) -> None:
        self.names = {name: code for code, name in known.items()}
        self.rows: dict[str, int] = {}

    def check(self, number: int, row: Row) -> None:
        """Refuses: twice."""
        for value in (row["code"], row["name_zh"]):
            first = self.rows.setdefault(value, number)
            if first != number:
                raise ValidationError(
                    _("“%(text)s” stands in row %(row)s already."),
                    code="twice",
                    params={"text": value, "row": first},
                )
        if self.names.get(row["name_zh"], row["code"]) != row["code"]:
            raise ValidationError(
                _("There is a place of this name already: %(code)s."),
                code="twice",
                params={"code": self.names[row["name_zh"]]},
            )


def read_yes_no(text: str) -> bool:
    return text.strip().lower() in ("yes", "true", "1", "是", "y")


def read_whole_number(row: Row, name: str) -> int:
    text = row[name]
    if not text.isascii() or not text.isdigit():
        raise ValidationError(
            _("“%(text)s” is not a whole number."), code="not_a_number", params={"text": text}
        )
    return int(text)


def save_changes(row: models.Model, values: dict[str, Any], report: Report) -> bool:
    """Save what differs; returns whether anything did. Refuses what the model refuses."""
    changed = [name for name, value in values.items() if not row.pk or getattr(row, name) != value]
    if not changed:
        report.unchanged += 1
        return False
    for name in changed:
        setattr(row, name, values[name])
    row.full_clean()
    if row.pk:
        report.changed += 1
    else:
        report.new += 1
    row.save()
    return True
