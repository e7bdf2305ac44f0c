"""Buildings, places, streets and their hours for the demo."""

import datetime as dt
from typing import Any

from django.utils import timezone

from circle import actions
from circle.demo.source import DATA, pick_columns, point_columns, read_demo_data
from circle.importing.streets import read_network
from circle.models import (
    Building,
    CandidateSite,
    Closure,
    Community,
    Facility,
    FacilityChange,
    FacilityKind,
    Grid,
    Inventory,
    OpeningHours,
    StreetNetwork,
)
from circle.models.street_networks import DEMO_SOURCE
from circle.proximity.compute import compute_waiting
from circle.walking.network import Network

NOT_INVENTORIED = ["bike_parking", "emergency_shelter", "telecom", "waste_station"]


def add_grid(community: Community, row: dict[str, Any]) -> Grid:
    values = pick_columns(row, "name", "worker", also=["phone"])
    return Grid.objects.get_or_create(community=community, code=row["code"], defaults=values)[0]


def add_building(community: Community, grid: Grid, row: dict[str, Any]) -> None:
    counts = ("entrances", "households", "residents", "elders_60", "elders_80")
    values = (
        pick_columns(row, "name", "address", "gate_note", also=counts) | point_columns(row) | {"grid": grid}
    )
    values |= {"head_zh": row["building_head_zh"], "head_en": row["building_head_en"]}
    Building.objects.get_or_create(community=community, code=row["code"], defaults=values)


def add_facility(community: Community, kind: FacilityKind, row: dict[str, Any]) -> bool:
    """Add the facility with its opening hours; returns whether it is new."""
    values = pick_columns(
        row,
        "name", "address", "landmark", "activities", "notice",
        also=["phone", "area_m2", "follows_workdays", "step_free"],
    )  # fmt: skip
    values |= point_columns(row) | {
        "kind": kind,
        "synonyms": "\n".join(row["synonyms_zh"] + row["synonyms_en"]),
    }
    facility, is_new = Facility.objects.get_or_create(community=community, code=row["code"], defaults=values)
    if is_new:
        OpeningHours.objects.bulk_create(
            OpeningHours(
                facility=facility,
                weekday=day,
                opens=span["opens"],
                closes=span["closes"],
            )
            for span in row["hours"]
            for day in span["days"]
        )
    return is_new


def add_streets(community: Community, network: Network | None = None) -> None:
    """Add invented streets where the community has none, then compute the walking times that wait."""
    now = timezone.now()
    if not StreetNetwork.objects.current(community):
        network = network or read_network(DATA / DEMO_SOURCE, source_on=dt.date(2026, 11, 20))
        actions.adopt_streets(
            community=community,
            network=network,
            source=DEMO_SOURCE,
            at=now,
        )
    list(compute_waiting(community, now))


def add_change(facility: Facility, row: dict[str, Any]) -> None:
    values = pick_columns(row, "note", also=["kind", "from_m2", "to_m2"])
    FacilityChange.objects.create(facility=facility, happened_on=row["on"], **values)


def add_closure(facility: Facility, row: dict[str, Any]) -> None:
    starts_on = timezone.localdate() + dt.timedelta(days=row["starts_in_days"])
    ends_on = starts_on + dt.timedelta(days=row["lasts_days"] - 1)
    Closure.objects.create(
        facility=facility, starts_on=starts_on, ends_on=ends_on, **pick_columns(row, "reason")
    )


def add_inventories(community: Community) -> None:
    """Complete inventories of all kinds with a norm but a few, so that the page shows unknowns as well."""
    for kind in FacilityKind.objects.filter(norms__isnull=False).exclude(code__in=NOT_INVENTORIED).distinct():
        confirmed = {"confirmed_on": timezone.localdate() - dt.timedelta(days=30)}
        Inventory.objects.get_or_create(community=community, kind=kind, defaults=confirmed)


def add_sites(community: Community) -> None:
    for row in read_demo_data("demo_sites.json")["sites"]:
        values = pick_columns(row, "name") | point_columns(row)
        CandidateSite.objects.get_or_create(community=community, code=row["code"], defaults=values)
