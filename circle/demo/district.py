"""A second, small community of the demo, so that chooser, host and the district's overview can be tried.

Its places are some of the first one's, a few kilometres further, under names of its own.
"""

import datetime as dt
from array import array
from collections.abc import Mapping
from dataclasses import replace
from functools import reduce
from typing import Any

from django.utils import timezone

from circle import actions
from circle.demo.places import add_building, add_facility, add_grid, add_inventories, add_streets
from circle.demo.source import DATA, pick_columns, point_columns, read_demo_data
from circle.demo.staff import DISTRICT_SIGN_INS, PLANNER, add_sign_ins, planner_of
from circle.importing.streets import read_network
from circle.models import Building, Community, FacilityKind, Resident
from circle.models.street_networks import DEMO_SOURCE
from circle.walking.network import DEGREE, Network

SLUG = "hebin"
EAST, NORTH = 0.03, 0.02  # degrees
ITS_OWN = {"金元": "河滨", "Jinyuan": "Hebin", "0851-0000 01": "0851-0000 02"}
GRIDS = ("g1", "g2")
PLACES = (
    "hall", "police-room", "job-service", "elder-station", "canteen", "supermarket", "market", "kindergarten",
    "primary-school", "culture-centre", "health-station", "pharmacy", "convenience", "parcel-point", "bank",
    "property-office", "park", "bus-main-gate",
)  # fmt: skip
PEOPLE = (
    "居民老江（演示）",
    "居民老洪（演示）",
    "居民小汪（演示）",
    "居民小池（演示）",
    "居民阿湘（演示）",
    "居民阿渝（演示）",
)


def district_community() -> Community:
    """The community row; the calendar, legal parameters and kinds are there already."""
    row = its_own(read_demo_data("demo_places.json"))["community"]
    texts = pick_columns(row, "name", "district", "address", "province", "city", "gate", also=["postal_code"])
    texts |= {"phone_hours_zh": row["hours_zh"], "phone_hours_en": row["hours_en"]}
    texts |= {"name_zh": f"{row['name_zh']}（演示）", "name_en": f"{row['name_en']} (demo)"}
    values = texts | point_columns(row) | {"phone": row["phone"], "is_demo": True}
    return Community.objects.get_or_create(slug=SLUG, defaults=values)[0]


def load_district(community: Community) -> None:
    """The hook `demo_district` of circle: places, streets, people, sign-ins."""
    data = its_own(read_demo_data("demo_places.json"))
    grids = {row["code"]: add_grid(community, row) for row in data["grids"] if row["code"] in GRIDS}
    gates = {row["code"]: pick_columns(row, "gate_note") for row in data["grids"]}
    for row in data["buildings"]:
        if row["grid"] in grids:
            add_building(community, grids[row["grid"]], row | gates[row["grid"]])
    kinds = FacilityKind.objects.in_bulk(field_name="code")
    for row in data["facilities"]:
        if row["code"] in PLACES:
            add_facility(community, kinds[row["kind"]], row)
    add_people(community)
    add_sign_ins(community, DISTRICT_SIGN_INS)
    planner_of(community, PLANNER)
    add_streets(community, move_network(read_network(DATA / DEMO_SOURCE, source_on=dt.date(2026, 11, 20))))
    add_inventories(community)
    actions.recompute_coverage(community=community, at=timezone.now())


def add_people(community: Community) -> None:
    home = Building.objects.filter(community=community).order_by("code")[0]
    for name in PEOPLE:
        if not Resident.objects.filter(community=community, name=name).exists():
            actions.register_resident(
                community=community, name=name, building=home, at=timezone.now(), by=None
            )


def its_own(value: Any) -> Any:
    """The same data with this community's names, numbers and place on the map."""
    if isinstance(value, str):
        return reduce(lambda text, pair: text.replace(*pair), ITS_OWN.items(), value)
    if isinstance(value, list):
        return [its_own(each) for each in value]
    if isinstance(value, Mapping):
        found = {name: its_own(each) for name, each in value.items()}
        if "longitude" in found:
            found["longitude"] = round(found["longitude"] + EAST, 6)
            found["latitude"] = round(found["latitude"] + NORTH, 6)
        return found
    return value


def move_network(network: Network) -> Network:
    """The same streets there."""
    changed: dict[str, Any] = {}
    for kind in ("longitudes", "latitudes"):
        step = round((EAST if kind == "longitudes" else NORTH) * DEGREE)
        for name in (kind, f"shape_{kind}", f"barrier_{kind}"):
            changed[name] = array("i", (degrees + step for degrees in getattr(network, name)))
    return replace(network, **changed)
