"""Open data about the circle: places and minutes, and a data package that describes and hashes the files."""

import csv
import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circle.calendar.osm_hours import write_osm_hours
from circle.models import Community, Facility, StreetNetwork, WalkTime
from circle.proximity.street_cache import streets_of
from circle.walking.coverage import FLOOR
from circle.walking.drawing import network_geojson
from circle.walking.minutes import DECIMETRES

GEOJSON, CSV = "application/geo+json", "text/csv"
ODBL = {
    "name": "ODbL-1.0",
    "title": "Open Data Commons Open Database License 1.0",
    "path": "https://opendatacommons.org/licenses/odbl/1-0/",
}
PACE = "planning"

PLACE_FIELDS = {
    "code": _("code of the place, unique in the community"),
    "name_zh": _("name in Chinese"),
    "name_en": _("name in English"),
    "kind": _("code of the kind"),
    "dimension": _("which of the ten dimensions"),
    "address_zh": _("address in Chinese"),
    "phone": _("phone"),
    "step_free": _("true: the entrance is known to have no step"),
    "opening_hours": _("in OpenStreetMap's way; empty: not known"),
    "always_open": _("true: of a kind that has no opening hours by nature"),
}
MINUTES_FIELDS = {
    "building": _("code of the building"),
    "kind": _("code of the kind"),
    "place": _("code of the nearest place of that kind"),
    "minutes": _("minutes on foot at planning pace (1 m a second), with the waits at crossings"),
    "metres": _("metres along the streets"),
}


@dataclass(frozen=True)
class OpenFile:
    """A file of the package: what it is, its columns and what they mean."""

    name: str
    view: str  # name of its address
    title: Any
    media_type: str
    fields: dict[str, Any]
    content: Callable[[Community], bytes | None]


def compact_json(found: Any) -> bytes:
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def places_geojson(community: Community) -> bytes:
    """Every public place as a point."""
    places = Facility.objects.public(community).prefetch_related("opening_hours").order_by("code")
    return compact_json(
        credited(community)
        | {"type": "FeatureCollection", "features": [place_feature(place) for place in places]}
    )


def place_feature(place: Facility) -> dict[str, Any]:
    hours = [(row.weekday, row.opens, row.closes) for row in place.opening_hours.all()]
    properties = {
        "code": place.code,
        "name_zh": place.name_zh,
        "name_en": place.name_en,
        "kind": place.kind.code,
        "dimension": place.kind.dimension,
        "address_zh": place.address_zh,
        "phone": place.phone,
        "step_free": place.step_free,
        "opening_hours": write_osm_hours(hours, follows_workdays=place.follows_workdays),
        "always_open": place.kind.always_open and not hours,
    }
    point = {"type": "Point", "coordinates": [float(place.longitude), float(place.latitude)]}
    return {"type": "Feature", "id": place.code, "properties": properties, "geometry": point}


def minutes_csv(community: Community) -> bytes:
    """From each building to the nearest place of each kind within half an hour.

    Without buildings of fewer than ten people; one whose residents nobody has entered is in.
    """
    rows = WalkTime.objects.published().of(community).filter(building__isnull=False)
    rows = rows.exclude(building__residents__gt=0, building__residents__lt=FLOOR)
    speed = DECIMETRES[PACE]
    nearest: dict[tuple[str, str], tuple[int, int, str]] = {}
    columns = ("building__code", "facility__kind__code", "facility__code", "distance_dm", "wait_s")
    for building, kind, place, distance_dm, wait_s in rows.filter(facility__is_published=True).values_list(
        *columns
    ):
        way = (distance_dm + wait_s * speed, distance_dm, place)
        if way < nearest.get((building, kind), (2**31, 0, "")):
            nearest[building, kind] = way
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(MINUTES_FIELDS)
    for (building, kind), (time, distance_dm, place) in sorted(nearest.items()):
        writer.writerow([building, kind, place, f"{time / (speed * 60):.1f}", round(distance_dm / 10)])
    return stream.getvalue().encode()


def streets_geojson(community: Community) -> bytes | None:
    """None without streets."""
    known = streets_of(community)
    return compact_json(credited(community) | network_geojson(known.network)) if known else None


def credited(community: Community) -> dict[str, Any]:
    """The members that name source and licence inside a file; streets of OpenStreetMap ask for them."""
    network = StreetNetwork.objects.current(community)
    credit = network.attribution if network and not network.is_invented else ""
    return {"attribution": credit, "license": ODBL["path"]} if credit else {}


FILES = [
    OpenFile(
        "places.geojson", "open_places", _("Places of the circle"), GEOJSON, PLACE_FIELDS, places_geojson
    ),
    OpenFile(
        "minutes.csv", "open_minutes", _("Minutes from each building"), CSV, MINUTES_FIELDS, minutes_csv
    ),
    OpenFile(
        "streets.geojson",
        "streets",
        _("Streets in use"),
        GEOJSON,
        {"kind": _("wall, street or stairs")},
        streets_geojson,
    ),
]


def data_package(community: Community) -> dict[str, Any]:
    """The description of the files (frictionlessdata.io, Data Package 1), each with its size and hash."""
    network = StreetNetwork.objects.current(community)
    found: dict[str, Any] = {
        "profile": "data-package",
        "name": f"circle-{community.slug}",
        "title": community.name,
        "created": timezone.localtime().isoformat(timespec="seconds"),
        "resources": [row for each in FILES if (row := resource_of(each, community))],
    }
    if credited(community):
        found |= {"licenses": [ODBL], "sources": [{"title": network.attribution if network else ""}]}
    return found


def resource_of(file: OpenFile, community: Community) -> dict[str, Any] | None:
    content = file.content(community)
    if content is None:
        return None
    fields = [{"name": name, "description": str(text)} for name, text in file.fields.items()]
    return {
        "name": file.name.replace(".", "-"),
        "title": str(file.title),
        "path": settings.SITE_URL + reverse(file.view),
        "mediatype": file.media_type,
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": {"fields": fields},
    }
