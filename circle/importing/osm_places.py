"""Three tables from an OpenStreetMap file, to be corrected by hand and then imported.

Nothing is invented: what the map does not say stays empty, and what is left out is listed with the reason.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from circle.calendar.osm_hours import UnreadableHoursError, hours_sentence, read_osm_hours
from circle.importing.osm_kinds import Tags
from circle.importing.osm_objects import MapObject, MapObjects, is_within
from circle.models import FacilityKind
from circle.models.places import phone_validator
from circle.web.export_formats import escape_formula

Table = list[dict[str, str]]

BUILDINGS = (
    "code", "name_zh", "estate", "name_en", "grid", "longitude", "latitude", "address_zh", "entrances",
    "households", "residents", "elders_60", "elders_80", "footprint_m2", "levels",
)  # fmt: skip
PLACES = (
    "code", "name_zh", "name_en", "kind", "longitude", "latitude", "address_zh", "landmark_zh", "phone",
    "step_free", "opening_hours",
)  # fmt: skip
LEFT_OUT = ("code", "name", "what", "why", "longitude", "latitude")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
WHEELCHAIR = {"yes": "yes", "designated": "yes", "no": "no"}


@dataclass
class PreparedTables:
    buildings: Table = field(default_factory=list)
    places: Table = field(default_factory=list)
    left_out: Table = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)  # reasons for leaving out

    def leave_out(self, each: MapObject, what: str, why: str) -> None:
        self.counts[f"{why} ({what})"] += 1
        row = point_cells(each) | {"name": each.tags.get("name", ""), "what": what, "why": why}
        self.left_out.append(row)


def prepare_tables(
    found: MapObjects, kinds: Iterable[FacilityKind], *, grid: str = "", m2_per_person: float | None = None
) -> PreparedTables:
    """`m2_per_person`: floor space from which the number of residents is estimated; else it stays empty."""
    tables, by_code = PreparedTables(), {kind.code: kind for kind in kinds}
    for number, home in enumerate(found.homes, start=1):
        tables.buildings.append(building_row(home, found.estates, number, grid, m2_per_person))
    for code, place in found.places:
        if code not in by_code:
            tables.leave_out(place, code, _("this kind is not in use here"))
        elif place.tags.get("access") == "private":
            tables.leave_out(place, by_code[code].name, _("private"))
        else:
            tables.places.append(place_row(place, by_code[code], tables))
    for what, place in found.others:
        tables.leave_out(place, what, _("no kind of ours"))
    return tables


def point_cells(each: MapObject) -> dict[str, str]:
    return {"code": each.code, "longitude": f"{each.point[0]:.6f}", "latitude": f"{each.point[1]:.6f}"}


def building_row(
    home: MapObject, estates: Iterable[MapObject], number: int, grid: str, m2_per_person: float | None
) -> dict[str, str]:
    tags = home.tags
    levels = tags.get("building:levels", "")
    levels = levels if levels.isascii() and levels.isdigit() else ""
    around = [estate for estate in estates if is_within(home.point, estate.outline)]
    estate = min(around, key=lambda each: each.area_m2).tags["name"] if around else ""
    address = address_of(tags)
    name = zh_name(tags) or address or _("Building %(number)s on the map") % {"number": number}
    people = ""
    if m2_per_person:
        people = str(round(home.area_m2 * int(levels or 1) / m2_per_person))
    return point_cells(home) | {
        "name_zh": name[:80],
        "name_en": en_name(tags)[:120],
        "estate": (estate or tags.get("addr:place", ""))[:60],
        "grid": grid,
        "address_zh": address[:200],
        "footprint_m2": str(round(home.area_m2)),
        "levels": levels,
        "residents": people,
    }


def place_row(place: MapObject, kind: FacilityKind, tables: PreparedTables) -> dict[str, str]:
    """One without a name is called what it is."""
    tags = place.tags
    return point_cells(place) | {
        "name_zh": (zh_name(tags) or kind.name_zh)[:80],
        "name_en": (en_name(tags) if tags.get("name") else kind.name_en)[:120],
        "kind": kind.code,
        "address_zh": address_of(tags)[:200],
        "landmark_zh": (tags.get("branch") or tags.get("local_ref") or "")[:80],
        "phone": phone_of(tags),
        "step_free": WHEELCHAIR.get(tags.get("wheelchair", ""), ""),
        "opening_hours": hours_of(place, tables),
    }


def hours_of(place: MapObject, tables: PreparedTables) -> str:
    """As mapped where our rows can say the same; else empty, and noted."""
    text = place.tags.get("opening_hours", "").strip()
    if not text:
        return ""
    try:
        read_osm_hours(text)
    except UnreadableHoursError as error:
        why = _("taken without its opening hours: %s") % hours_sentence(error)
        row = point_cells(place) | {"name": place.tags.get("name", ""), "what": text, "why": why}
        tables.left_out.append(row)
        tables.counts[_("places taken without their opening hours")] += 1
        return ""
    return text


def zh_name(tags: Tags) -> str:
    return tags.get("name:zh-Hans") or tags.get("name:zh") or tags.get("name", "")


def en_name(tags: Tags) -> str:
    """The mapped one, or the local one where that is in Latin letters."""
    name = tags.get("name", "")
    return tags.get("name:en") or ("" if CHINESE.search(name) else name)


def address_of(tags: Tags) -> str:
    if "addr:full" in tags:
        return tags["addr:full"]
    street, number = tags.get("addr:street", ""), tags.get("addr:housenumber", "")
    return f"{street}{number}" if CHINESE.search(street) else f"{street} {number}".strip()


def phone_of(tags: Tags) -> str:
    text = (tags.get("phone") or tags.get("contact:phone") or "").split(";")[0].strip()
    return text if re.fullmatch(phone_validator.regex, text) else ""


def write_csv(path: Path, columns: Iterable[str], rows: Table) -> None:
    """As a spreadsheet opens it."""
    names = list(columns)
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(names)
        writer.writerows([escape_formula(row.get(name, "")) for name in names] for row in rows)
