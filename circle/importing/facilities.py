"""Imports facilities from a table."""

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
from circle.importing.values import DuplicateCheck, read_whole_number, read_yes_no
from circle.models import Community, Facility, FacilityKind

TEXTS = ("name_zh", "name_en", "address_zh", "address_en", "landmark_zh", "landmark_en", "phone")


@transaction.atomic
def import_facilities(
    *,
    community: Community,
    path: Path,
    datum: str,
    at: dt.datetime,
    off_street: bool = False,
    dry_run: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Import all facilities of a file; with a problem in any row, or as a dry run, none.

    Rows are matched by code; columns that the file lacks are left unchanged.
    Refuses: no_file, not_a_table, no_rows, missing_columns.
    """
    rows, report = read_rows(path), Report()
    known = {place.code: place for place in community.facilities.all()}
    seen = DuplicateCheck({code: place.name_zh for code, place in known.items()})
    kinds = FacilityKind.objects.in_bulk(field_name="code")
    points = PointReader(community, datum, off_street=off_street)
    touched: set[int] = set()
    for done, (number, row) in enumerate(rows, start=1):
        try:
            seen.check(number, row)
            place = known.get(row["code"]) or Facility(community=community, code=row["code"])
            before = {place.kind_id} if place.pk else set()
            if save_changes(place, facility_values(row, kinds, points, is_new=not place.pk), report):
                touched |= before | {place.kind_id}
        except ValidationError as refusal:
            report.note(number, refusal)
        progress(done, len(rows))
    if report.problems or dry_run:
        transaction.set_rollback(True)
    elif touched:
        record(verb="facilities_imported", subject=community, community=community, at=at)
        queue_walks(community=community, kinds=touched, at=at)
    return report


def facility_values(
    row: Row, kinds: dict[str, FacilityKind], points: PointReader, *, is_new: bool
) -> dict[str, Any]:
    """The model's values in this row. Refuses: unknown_kind, not_a_number, and what PointReader refuses."""
    values: dict[str, Any] = {name: row[name] for name in TEXTS if name in row}
    if is_new:
        values |= {"name_en": row.get("name_en") or row["name_zh"]}
    if is_new or "kind" in row:
        code = row.get("kind", "")
        if code not in kinds:
            raise ValidationError(
                _("There is no kind of facility “%(code)s”."), code="unknown_kind", params={"code": code}
            )
        values["kind"] = kinds[code]
    if row.get("step_free"):
        values["step_free"] = read_yes_no(row["step_free"])
    if row.get("area_m2"):
        values["area_m2"] = read_whole_number(row, "area_m2")
    return values | points.columns(row)
