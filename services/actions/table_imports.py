"""Bringing a table back in from a spreadsheet: looked at first, then all rows or none."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from import_export.results import Result, RowResult
from tablib import Dataset

from circle.audit.log import record
from circle.booking.affected import all_appointments, stranded_keys
from circle.booking.shifts import find_overlap
from circle.models import Community, Facility, User, within_posts
from circle.signals import timetable_changed
from services.actions.slots import lay_out_slots
from services.actions.table_resources import Table, TableResource
from services.models import CounterShift

FIRST_ROW = 2  # of a spreadsheet, below the headings
KINDS = {
    RowResult.IMPORT_TYPE_NEW: "new",
    RowResult.IMPORT_TYPE_UPDATE: "changed",
    RowResult.IMPORT_TYPE_DELETE: "deleted",
}


@dataclass(frozen=True)
class Change:
    """Of one row: `cells` are the columns that change, with what stood there and what will."""

    row: int
    kind: str
    label: str
    cells: Sequence[tuple[str, str, str]] = ()


@dataclass(frozen=True)
class Fault:
    """`column` is its label, and empty where the whole row is wrong."""

    row: int
    column: str
    sentence: str


@dataclass
class Outcome:
    changes: list[Change] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unchanged: int = 0
    hit: int = 0  # bookings that would lose their time
    is_done: bool = False

    @property
    def digest(self) -> str:
        return hashlib.sha256(repr(self.changes).encode()).hexdigest()


def import_table(
    *, table: Table, community: Community, rows: Dataset, at: dt.datetime, by: User, seen: str = ""
) -> Outcome:
    """What the rows would change; changes it where `seen` is the digest of just these changes.

    Nothing is changed where a row is wrong, or where a booking would lose its time.
    Refuses: not_allowed.
    """
    if not Community.objects.filter(within_posts(by, table.permission, "pk"), pk=community.pk).exists():
        raise ValidationError(_("Your post does not allow that."), code="not_allowed")
    with transaction.atomic():
        kinds = all_appointments()
        before = set(stranded_keys(kinds, at))
        resource = table.resource(community)
        result = resource.import_data(rows, raise_errors=False)
        outcome = outcome_of(table, resource, result)
        if not outcome.faults and outcome.changes:
            follow(table, community, result, at)
            outcome.hit = len(set(stranded_keys(kinds, at)) - before)
        wanted = bool(outcome.changes) and outcome.digest == seen
        if outcome.faults or outcome.hit or not wanted:
            transaction.set_rollback(True)
            return outcome
        record(
            verb="table_imported",
            subject=community,
            community=community,
            at=at,
            actor=by,
            table=table.key,
            changes=len(outcome.changes),
            digest=outcome.digest,
        )
        outcome.is_done = True
    return outcome


def follow(table: Table, community: Community, result: Result, at: dt.datetime) -> None:
    """Lays out the times anew, as saving one of these rows by hand does."""
    if table.key == "hours":
        touched = {row.instance.facility_id for row in result.rows if row.import_type in KINDS}
        Facility.objects.filter(pk__in=touched).update(updated_at=at)
        for facility in Facility.objects.filter(pk__in=touched).order_by("pk"):
            timetable_changed.send(sender=Facility, facility=facility, at=at)
    elif table.key in ("counters", "shifts"):
        lay_out_slots(community=community, at=at)


def outcome_of(table: Table, resource: TableResource, result: Result) -> Outcome:
    labels = table.labels
    outcome = Outcome(faults=[*faults_of(labels, result)])
    for number, row in enumerate(result.rows, FIRST_ROW):
        if row.import_type in KINDS:
            cells = list(cells_of(labels, resource, row))
            outcome.changes.append(Change(number, KINDS[row.import_type], row.object_repr or "", cells))
        outcome.unchanged += row.import_type == RowResult.IMPORT_TYPE_SKIP
    if table.key == "shifts" and not outcome.faults:
        outcome.faults += overlaps(resource, result)
    return outcome


def cells_of(
    labels: dict[str, str], resource: TableResource, row: RowResult
) -> Iterator[tuple[str, str, str]]:
    if row.import_type == RowResult.IMPORT_TYPE_DELETE:
        return
    for each in resource.get_import_fields():
        new = str(each.export(row.instance))
        old = str(each.export(row.original)) if row.original else ""
        if new != old:
            yield labels[each.attribute], old, new


def faults_of(labels: dict[str, str], result: Result) -> Iterator[Fault]:
    for error in result.base_errors:
        yield Fault(1, "", str(error.error))
    for row in result.invalid_rows:
        for name, sentences in row.field_specific_errors.items():
            yield from (Fault(row.number + 1, labels.get(name, name), each) for each in sentences)
        yield from (Fault(row.number + 1, "", each) for each in row.non_field_specific_errors)
    for number, errors in result.row_errors():
        yield from (Fault(number + 1, "", str(each.error)) for each in errors)


def overlaps(resource: TableResource, result: Result) -> Iterator[Fault]:
    """As the form of a counter refuses them."""
    touched = {
        row.instance.counter_id: number for number, row in enumerate(result.rows, FIRST_ROW) if row.instance
    }
    for counter, number in touched.items():
        if pair := find_overlap(list(CounterShift.objects.filter(counter=counter))):
            one, two = map(str, pair)
            sentence = _("These hours overlap: %(one)s and %(two)s.") % {"one": one, "two": two}
            yield Fault(number, "", sentence)
