"""Imports buildings from a table."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from circle.actions import queue_walks
from circle.audit.log import record
from circle.importing.places import Report, save_changes
from circle.importing.points import PointReader
from circle.importing.readers import Row, read_rows
from circle.importing.values import DuplicateCheck, read_whole_number
from circle.models import Building, Community, Grid

TEXTS = ("name_zh", "name_en", "address_zh", "address_en", "gate_note_zh", "gate_note_en")
NUMBERS = ("entrances", "households", "residents", "elders_60", "elders_80")


@transaction.atomic
def import_buildings(
    *,
    community: Community,
    path: Path,
    datum: str,
    at: dt.datetime,
    off_street: bool = False,
    dry_run: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Import all buildings of a file; with a problem in any row, or as a dry run, none.

    Rows are matched by code; columns that the file lacks are left unchanged.
    Refuses: no_file, not_a_table, no_rows, missing_columns.
    """
    rows, report = read_rows(path), Report()
    known = {building.code: building for building in community.buildings.all()}
    seen = DuplicateCheck({code: building.name_zh for code, building in known.items()})
    grids = {grid.code: grid for grid in community.grids.all()}
    points = PointReader(community, datum, off_street=off_street)
    is_changed = False
    for done, (number, row) in enumerate(rows, start=1):
        try:
            seen.check(number, row)
            building = known.get(row["code"]) or Building(community=community, code=row["code"])
            values = building_values(row, grids, points, is_new=not building.pk)
            is_changed |= save_changes(building, values, report)
        except ValidationError as refusal:
            report.note(number, refusal)
        progress(done, len(rows))
    if report.problems or dry_run:
        transaction.set_rollback(True)
    elif is_changed:
        record(verb="buildings_imported", subject=community, community=community, at=at)
        queue_walks(community=community, at=at)
    return report


def building_values(row: Row, grids: dict[str, Grid], points: PointReader, *, is_new: bool) -> dict[str, Any]:
    """The model's values in this row. Refuses: unknown_grid, not_a_number, and what PointReader refuses."""
    values: dict[str, Any] = {name: row[name] for name in TEXTS if name in row}
    if is_new:
        values |= {"name_en": row.get("name_en") or row["name_zh"]}
    if is_new or "grid" in row:
        code = row.get("grid", "")
        if code not in grids:
            raise ValidationError(
                _("There is no grid “%(code)s” in this community."),
                code="unknown_grid",
                params={"code": code},
            )
        values["grid"] = grids[code]
    values |= {name: read_whole_number(row, name) for name in NUMBERS if row.get(name)}
    return values | points.columns(row)
