"""Imports buildings from a table."""

from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from circle.actions import queue_walks
from circle.audit.log import record
from circle.importing.faults import CellError, Report
from circle.importing.places import ImportRequest, import_rows, is_kept, save_changes, text_values
from circle.importing.points import PointReader
from circle.importing.readers import Row
from circle.importing.values import read_whole_number
from circle.models import Building, Grid

TEXTS = ("name_zh", "name_en", "address_zh", "address_en", "gate_note_zh", "gate_note_en", "estate_en")
NUMBERS = ("entrances", "households", "residents", "elders_60", "elders_80")


@transaction.atomic
def import_buildings(request: ImportRequest) -> Report:
    """Import the buildings of a file; with a fault in any row none, unless bad rows are to be skipped.

    Rows are matched by code; columns that the file lacks are left unchanged.
    Refuses: what read_table refuses, wrong_datum_of_file.
    """
    community = request.community
    known = {building.code: building for building in community.buildings.select_related("grid")}
    grids = GridFinder(request)

    def take(row: Row, points: PointReader, report: Report) -> None:
        building = known.get(row["code"]) or Building(community=community, code=row["code"])
        values = building_values(row, grids, points, is_new=not building.pk)
        outcome = save_changes(building, values)
        setattr(report, outcome, getattr(report, outcome) + 1)

    report = import_rows(request, "buildings", take)
    report.grids = grids.made
    if not is_kept(request, report):
        transaction.set_rollback(True)
    elif report.new or report.changed:
        record(verb="buildings_imported", subject=community, community=community, at=request.at)
        queue_walks(community=community, at=request.at)
    return report


def building_values(row: Row, grids: "GridFinder", points: PointReader, *, is_new: bool) -> dict[str, Any]:
    """The model's values in this row. Refuses: unknown_grid, not_a_number, and what PointReader refuses."""
    values = text_values(row, TEXTS, is_new=is_new)
    if "estate" in row:
        values["estate_zh"] = row["estate"]
    values |= {name: read_whole_number(row, name) for name in NUMBERS if row.get(name)}
    values |= points.columns(row)
    if row.get("own_path"):
        values["own_path"] = points.path(row)
    if is_new or row.get("grid"):
        values["grid"] = grids.find(row.get("grid", ""))  # last: a row with another fault makes no grid
    return values


class GridFinder:
    """The grids of a community by code and name; makes those that the file names first, where asked to."""

    def __init__(self, request: ImportRequest) -> None:
        self.community, self.makes = request.community, request.make_grids
        self.made: list[str] = []
        self.known: dict[str, Grid] = {}
        for grid in self.community.grids.all():
            self.add(grid)

    def add(self, grid: Grid) -> None:
        for word in (grid.code, grid.name_zh, grid.name_en):
            self.known.setdefault(word.lower(), grid)

    def find(self, text: str) -> Grid:
        """Refuses: unknown_grid."""
        found = self.known.get(text.lower())
        if found is None and text and self.makes:
            return self.make(text)
        if found is None:
            remedy = _("Name one that is there, or have new ones made with --make-grids.")
            sentence = _("There is no grid “%(text)s” in this community.")
            raise CellError("grid", text, sentence, "unknown_grid", remedy)
        return found

    def make(self, text: str) -> Grid:
        code = slugify(text)[:20]
        number = len(self.known) + 1
        while not code or code in self.known:
            code, number = f"g{number}", number + 1
        grid = Grid(community=self.community, code=code, name_zh=text, name_en=text)
        grid.full_clean()
        grid.save()
        self.add(grid)
        self.made.append(text)
        return grid
