"""What the imports of facilities and buildings share: each row checked by itself, then all or none stored."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from circle.importing.columns import columns_of
from circle.importing.faults import Report
from circle.importing.points import PointReader
from circle.importing.readers import Row, Table, read_table
from circle.importing.values import DuplicateCheck, read_needed
from circle.models import Community


@dataclass(frozen=True, kw_only=True)
class ImportRequest:
    """What is to be imported into which community, and how strictly."""

    community: Community
    path: Path
    datum: str
    at: dt.datetime
    off_street: Collection[str] = ()  # codes of rows that may lie far from any street
    skip_bad: bool = False  # take the rows without a fault, instead of none
    make_grids: bool = False
    trust_datum: bool = False
    dry_run: bool = False
    progress: Callable[[int, int], None] = lambda done, total: None


def import_rows(
    request: ImportRequest, table_name: str, take: Callable[[Row, PointReader, Report], None]
) -> Report:
    """Give each row of the file to `take`, and note what it refuses. The caller rolls back.

    Refuses: what read_table refuses, wrong_datum_of_file.
    """
    table, report, seen = read_table(request.path, columns_of(table_name)), Report(), DuplicateCheck()
    points = PointReader(request.community, request.datum, off_street=request.off_street)
    if table.unknown:
        report.remarks.append(
            _("These columns are not known and were not read: %s.") % ", ".join(table.unknown)
        )
    if not request.trust_datum:
        report.remarks += points.judge_datum([row for _number, row in table.rows])
    for done, (number, row) in enumerate(table.rows, start=1):
        try:
            check_row(table, seen, number, row)
            take(row, points, report)
        except ValidationError as refusal:
            report.note(number, row, refusal, table.headings)
        request.progress(done, len(table.rows))
    return report


def check_row(table: Table, seen: DuplicateCheck, number: int, row: Row) -> None:
    """Refuses: uneven, empty, twice."""
    if number in table.uneven:
        raise ValidationError(table.uneven[number], code="uneven")
    read_needed(row, "name_zh")
    seen.check(number, read_needed(row, "code"))


def is_kept(request: ImportRequest, report: Report) -> bool:
    """Whether what was written so far is to stay."""
    return not request.dry_run and (not report.faults or (request.skip_bad and report.taken > 0))


def find_community(slug: str) -> Community:
    """The community of that short name, or the only one. Refuses: no_community, several_communities."""
    found = list(Community.objects.filter(slug=slug) if slug else Community.objects.all()[:2])
    if not found:
        raise ValidationError(_("There is no such community."), code="no_community")
    if len(found) > 1:
        sentence = _("There are several communities: name one with --community.")
        raise ValidationError(sentence, code="several_communities")
    return found[0]


def text_values(row: Row, texts: Collection[str], *, is_new: bool) -> dict[str, Any]:
    """The texts of this row; a new one without an English name takes the Chinese one."""
    values: dict[str, Any] = {name: row[name] for name in texts if name in row}
    if is_new or ("name_en" in values and not values["name_en"]):
        values["name_en"] = row.get("name_en") or row["name_zh"]
    return values


def save_changes(row: models.Model, values: dict[str, Any]) -> str:
    """Save what differs; returns new, changed or unchanged. Refuses what the model refuses."""
    changed = [name for name, value in values.items() if not row.pk or getattr(row, name) != value]
    if not changed:
        return "unchanged"
    is_new = not row.pk
    for name in changed:
        setattr(row, name, values[name])
    row.full_clean()
    row.save()
    return "new" if is_new else "changed"
