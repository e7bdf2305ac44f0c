"""Imports facilities from a table, with their opening hours."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from circle.actions import queue_walks
from circle.audit.log import record
from circle.booking.affected import all_appointments, stranded_keys
from circle.calendar.osm_hours import UnreadableHoursError, WeekHours, hours_sentence, read_osm_hours
from circle.importing.columns import kinds_by_word
from circle.importing.faults import CellError, Fault, Report
from circle.importing.places import ImportRequest, import_rows, is_kept, save_changes, text_values
from circle.importing.points import PointReader
from circle.importing.readers import Row
from circle.importing.values import read_whole_number, read_yes_no
from circle.models import Facility, FacilityKind, OpeningHours
from circle.signals import timetable_changed

TEXTS = ("name_zh", "name_en", "address_zh", "address_en", "landmark_zh", "landmark_en", "phone")


@transaction.atomic
def import_facilities(request: ImportRequest) -> Report:
    """Import the facilities of a file; with a fault in any row none, unless bad rows are to be skipped.

    Rows are matched by code; columns that the file lacks, and empty opening hours, are left unchanged.
    Refuses: what read_table refuses, wrong_datum_of_file. Nothing is imported where a booking would lose
    its time to new opening hours.
    """
    community, importer = request.community, FacilityImport(request)
    appointments = all_appointments()
    before = set(stranded_keys(appointments, request.at))
    report = import_rows(request, "facilities", importer.take)
    for place in importer.rescheduled:
        timetable_changed.send(sender=Facility, facility=place, at=request.at)
    hit = len(set(stranded_keys(appointments, request.at)) - before)
    if hit:
        sentence = _("%(count)s bookings would lose their time to the new opening hours.") % {"count": hit}
        report.faults.append(Fault(0, "", "", sentence, _("Move or call them off first.")))
    if hit or not is_kept(request, report):
        transaction.set_rollback(True)
    elif importer.touched:
        record(verb="facilities_imported", subject=community, community=community, at=request.at)
        queue_walks(community=community, kinds=importer.touched, at=request.at)
    return report


class FacilityImport:
    """Takes one row after the other, and remembers which kinds and timetables changed."""

    def __init__(self, request: ImportRequest) -> None:
        self.community = request.community
        rows = self.community.facilities.select_related("kind").prefetch_related("opening_hours")
        self.known = {place.code: place for place in rows}
        self.kinds = kinds_by_word()
        self.touched: set[int] = set()
        self.rescheduled: list[Facility] = []

    def take(self, row: Row, points: PointReader, report: Report) -> None:
        place = self.known.get(row["code"]) or Facility(community=self.community, code=row["code"])
        before = {place.kind_id} if place.pk else set()
        hours = read_hours(row)
        values = facility_values(row, self.kinds, points, is_new=not place.pk)
        if hours:
            values["follows_workdays"] = hours.follows_workdays
        is_new = not place.pk
        outcome = save_changes(place, values)
        if hours and set_hours(place, hours, is_new=is_new):
            self.rescheduled.append(place)
            outcome = "changed" if outcome == "unchanged" else outcome
        if outcome != "unchanged":
            self.touched |= before | {place.kind_id}
        setattr(report, outcome, getattr(report, outcome) + 1)


def facility_values(
    row: Row, kinds: dict[str, FacilityKind], points: PointReader, *, is_new: bool
) -> dict[str, Any]:
    """The model's values in this row. Refuses: unknown_kind, not_a_number, and what PointReader refuses."""
    values = text_values(row, TEXTS, is_new=is_new)
    if is_new or row.get("kind"):
        values["kind"] = find_kind(row.get("kind", ""), kinds)
    if row.get("step_free"):
        values["step_free"] = read_yes_no(row, "step_free")
    if row.get("area_m2"):
        values["area_m2"] = read_whole_number(row, "area_m2")
    return values | points.columns(row)


def find_kind(text: str, kinds: dict[str, FacilityKind]) -> FacilityKind:
    """By code or either name. Refuses: unknown_kind."""
    if text.lower() not in kinds:
        sentence = _("There is no kind of facility “%(text)s”.")
        remedy = _("Write a code or name of the list that --print-template gives.")
        raise CellError("kind", text, sentence, "unknown_kind", remedy)
    return kinds[text.lower()]


def read_hours(row: Row) -> WeekHours | None:
    """None where the row says nothing about them. Refuses: unreadable_hours."""
    text = row.get("opening_hours", "")
    if not text:
        return None
    try:
        return read_osm_hours(text)
    except UnreadableHoursError as error:
        remedy = _("Write days and hours as in Mo-Fr 09:00-12:00,13:30-17:30; PH off, or leave it empty.")
        raise CellError("opening_hours", text, hours_sentence(error), "unreadable_hours", remedy) from error


def set_hours(place: Facility, hours: WeekHours, *, is_new: bool) -> bool:
    """Whether they differ from what was there."""
    old: set[tuple[int, dt.time, dt.time]] = set()
    if not is_new:
        old = {(row.weekday, row.opens, row.closes) for row in place.opening_hours.all()}
    if old == set(hours.rows):
        return False
    OpeningHours.objects.filter(facility=place).delete()
    OpeningHours.objects.bulk_create(
        OpeningHours(facility=place, weekday=weekday, opens=opens, closes=closes)
        for weekday, opens, closes in hours.rows
    )
    return True
