"""The columns that an import knows, their headings in both languages, and the template that lists them."""

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.translation import gettext as _

from circle.formats.language import is_english
from circle.models import FacilityKind

COMMENT = "#"  # a row that begins with it is skipped


@dataclass(frozen=True)
class Column:
    name: str
    zh: tuple[str, ...]  # headings, the usual one first
    says_zh: str
    says_en: str
    example: str
    needed: bool
    kept: bool  # False: known, but only there for whoever corrects the table

    @property
    def heading(self) -> str:
        return self.name if is_english() else self.zh[0]

    @property
    def says(self) -> str:
        return self.says_en if is_english() else self.says_zh


@cache
def columns_of(table: str) -> dict[str, Column]:
    """Of "buildings" or "facilities", by name."""
    path = settings.BASE_DIR / "circle/data/import_columns.json"
    rows = json.loads(path.read_text(encoding="utf-8"))[table]
    return {row["name"]: Column(**row | {"zh": tuple(row["zh"])}) for row in rows}


def name_of_heading(heading: str, columns: dict[str, Column]) -> str | None:
    """The column that this heading names, in either language; None for an unknown one."""
    text = heading.strip()
    if text.lower() in columns:
        return text.lower()
    return next((name for name, column in columns.items() if text in column.zh), None)


def template_text(table: str) -> str:
    """A CSV file with every column and one example; what each means, and all kinds, in rows for reading."""
    columns = list(columns_of(table).values())
    stream = io.StringIO()
    write = csv.writer(stream, lineterminator="\n").writerow
    write([column.heading for column in columns])
    write([column.example for column in columns])
    write([f"{COMMENT} " + _("The rows that begin with # explain and are not read.")])
    for column in columns:
        need = _("needed") if column.needed else _("optional")
        write([f"{COMMENT} {column.heading}", column.name, need, column.says])
    if table == "facilities":
        write([f"{COMMENT} " + _("All kinds of facility:")])
        for kind in FacilityKind.objects.order_by("dimension", "code"):
            write([f"{COMMENT} {kind.name_zh}", kind.code, kind.name_en])
    return stream.getvalue()


def kinds_by_word() -> dict[str, FacilityKind]:
    """Every kind by its code and by both of its names, in small letters."""
    kinds: dict[str, FacilityKind] = {}
    for kind in FacilityKind.objects.all():
        for word in words_of(kind):
            kinds.setdefault(word, kind)
    return kinds


def words_of(kind: FacilityKind) -> Iterable[str]:
    return (word.strip().lower() for word in (kind.code, kind.name_zh, kind.name_en))
