"""Imports people from the register that a community keeps in a spreadsheet.

Nobody who is there already is changed but for what is empty, and whoever resembles somebody else is left to a
person to decide. No fault repeats what a row says: names and numbers stay out of screens, files and logs.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Collection
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from circle.actions import move_in, register_resident
from circle.audit.log import record
from circle.identifiers.encryption import indexes_of
from circle.identifiers.person_names import normalise_name
from circle.identifiers.phone_numbers import parse_phone
from circle.importing.columns import columns_of
from circle.importing.faults import CellError, Fault, Report
from circle.importing.readers import Row, read_table
from circle.importing.values import read_needed
from circle.models import Building, Community, Household, Resident

DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00:00)?")


@transaction.atomic
def import_residents(
    *,
    community: Community,
    path: Path,
    at: dt.datetime,
    new_rows: Collection[int] = (),
    skip_bad: bool = False,
    dry_run: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Register the people of a file; with a fault in any row none, unless bad rows are to be skipped.

    `new_rows`: numbers of rows of whom somebody has made sure that they are nobody registered yet.
    Refuses: what read_table refuses.
    """
    table, report = read_table(path, columns_of("residents")), Report()
    if table.unknown:
        names = ", ".join(table.unknown)
        report.remarks.append(_("These columns are not known and were not read: %s.") % names)
    register = Register(community, at, new_rows)
    for done, (number, row) in enumerate(table.rows, start=1):
        try:
            if number in table.uneven:
                raise ValidationError(table.uneven[number], code="uneven")
            with transaction.atomic():
                outcome = register.take(number, row)
            setattr(report, outcome, getattr(report, outcome) + 1)
        except ValidationError as refusal:
            report.faults += discreet_faults(number, refusal, table.headings)
        progress(done, len(table.rows))
    if dry_run or (report.faults and not (skip_bad and report.taken)):
        transaction.set_rollback(True)
    elif report.new or report.changed:
        record(
            verb="residents_imported",
            subject=community,
            community=community,
            at=at,
            new=report.new,
            changed=report.changed,
        )
    return report


def discreet_faults(number: int, refusal: ValidationError, headings: dict[str, str]) -> list[Fault]:
    """Without the value of the cell."""
    column = headings.get(getattr(refusal, "column", ""), "")
    remedy = getattr(refusal, "remedy", "")
    return [Fault(number, column, "", sentence, remedy) for sentence in refusal.messages]


class Register:
    """Who lives in the community, by name, with those whom the import adds."""

    def __init__(self, community: Community, at: dt.datetime, new_rows: Collection[int]) -> None:
        self.community, self.at, self.new_rows = community, at, set(new_rows)
        self.buildings = buildings_by_word(community)
        self.by_name: dict[str, list[Resident]] = defaultdict(list)
        for person in community.people.living().filter(is_nobody=False).select_related("household"):
            self.by_name[normalise_name(person.name)].append(person)

    def take(self, number: int, row: Row) -> str:
        """Returns new, changed or unchanged.

        Refuses: empty, unknown_building, not_a_day, looks_alike, and what register_resident and move_in do.
        """
        building, door, name = self.find_building(row), read_needed(row, "door"), read_needed(row, "name")
        born_on, moved_in_on = self.read_day(row, "born_on"), self.read_day(row, "moved_in_on")
        phone = read_phone(row)
        namesakes = self.by_name[normalise_name(name)]
        same = [
            person for person in namesakes if is_at(person, building, door) and not differs(person, born_on)
        ]
        if same:
            return fill_gaps(same[0], born_on, phone)
        if number not in self.new_rows and any(
            is_like(person, born_on, phone, building) for person in namesakes
        ):
            sentence = _(
                "Somebody with this name and the same birthday, phone or building is registered already."
            )
            remedy = _(
                "The same person: enter the move in the back office. Somebody else: name the row with --new."
            )
            raise CellError("name", "", sentence, "looks_alike", remedy)
        household = self.find_household(building, door)
        person = register_resident(
            community=self.community, name=name, phone=phone, at=self.at, by=None, building=building
        )
        person.born_on, person.household = born_on, household
        person.full_clean()
        person.save(update_fields=["born_on", "household"])
        if moved_in_on:
            move_in(
                resident=person, building=building, household=household, on=moved_in_on, at=self.at, by=None
            )
        namesakes.append(person)
        return "new"

    def find_household(self, building: Building, door: str) -> Household:
        """Refuses what the model refuses."""
        found = Household.objects.filter(building=building, door=door).first()
        if found is None:
            found = Household(community=self.community, building=building, door=door)
            found.full_clean()
            found.save()
        return found

    def find_building(self, row: Row) -> Building:
        """By its code, or by its name where only one has it. Refuses: empty, unknown_building."""
        found = self.buildings.get(read_needed(row, "building").lower().replace(" ", ""))
        if found is None:
            sentence = _("There is no such building, or several have this name.")
            raise CellError("building", "", sentence, "unknown_building", _("Write its code."))
        return found

    def read_day(self, row: Row, name: str) -> dt.date | None:
        """Refuses: not_a_day."""
        text = row.get(name, "")
        if not text:
            return None
        try:
            found = DAY.fullmatch(text)
            day = dt.date(*map(int, found.groups())) if found else None
        except ValueError:
            day = None
        if day is None or not dt.date(1900, 1, 1) <= day <= localdate(self.at):
            sentence = _("This is no day that has been.")
            raise CellError(
                name, "", sentence, "not_a_day", _("Write it as in 1950-03-08, or leave it empty.")
            )
        return day


def buildings_by_word(community: Community) -> dict[str, Building | None]:
    """By code, name, and estate with name; None where several have the name."""
    found: dict[str, Building | None] = {}
    homes = list(community.buildings.all())
    for home in homes:
        for word in {home.name_zh, f"{home.estate_zh}{home.name_zh}"}:
            key = word.lower().replace(" ", "")
            found[key] = None if key in found else home
    return found | {home.code.lower(): home for home in homes}


def read_phone(row: Row) -> str:
    """Refuses: phone_invalid."""
    text = row.get("phone", "")
    try:
        return parse_phone(text) if text else ""
    except ValidationError as refusal:
        raise CellError("phone", "", refusal.messages[0], "phone_invalid") from refusal


def is_at(person: Resident, building: Building, door: str) -> bool:
    household = person.household
    return household is not None and (household.building_id, household.door) == (building.pk, door)


def differs(person: Resident, born_on: dt.date | None) -> bool:
    return person.born_on is not None and born_on is not None and person.born_on != born_on


def is_like(person: Resident, born_on: dt.date | None, phone: str, building: Building) -> bool:
    """Of somebody with the same name: whether it may well be the same person."""
    has_phone = bool(phone) and person.phone_index in indexes_of(phone)
    has_birthday = born_on is not None and person.born_on == born_on
    return has_phone or has_birthday or (person.building_id == building.pk and not differs(person, born_on))


def fill_gaps(person: Resident, born_on: dt.date | None, phone: str) -> str:
    """Only what is empty: what staff have entered since is newer than any spreadsheet."""
    changed = []
    if born_on and not person.born_on:
        person.born_on = born_on
        changed.append("born_on")
    if phone and not person.phone_sealed:
        person.phone = phone
        changed += ["phone_sealed", "phone_index", "phone_tail"]
    if changed:
        person.save(update_fields=changed)
    return "changed" if changed else "unchanged"
