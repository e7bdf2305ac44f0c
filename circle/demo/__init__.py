"""The demo community. Loading it again adds what is missing and never changes existing rows."""

import io

from django.core.management import call_command
from django.utils import timezone

from circle import actions
from circle.demo.notices import add_notice
from circle.demo.people import add_people
from circle.demo.places import (
    add_building,
    add_change,
    add_closure,
    add_facility,
    add_grid,
    add_inventories,
    add_sites,
    add_streets,
)
from circle.demo.signposts import load_signposts
from circle.demo.source import pick_columns, point_columns, read_demo_data
from circle.demo.staff import add_sign_ins
from circle.models import Community, Facility, FacilityKind


def demo_community() -> Community:
    """The community row, with its calendar, legal parameters and kinds of facility."""
    call_command("seed_calendar", stdout=io.StringIO())
    call_command("seed_rules", stdout=io.StringIO())
    call_command("seed_norms", stdout=io.StringIO())
    row = read_demo_data("demo_places.json")["community"]
    texts = pick_columns(row, "name", "district", "address", "province", "city", "gate", also=["postal_code"])
    texts |= {"phone_hours_zh": row["hours_zh"], "phone_hours_en": row["hours_en"]}
    community, _ = Community.objects.get_or_create(
        slug=row["slug"],
        defaults=texts | point_columns(row) | {"phone": row["phone"], "is_demo": True},
    )
    return community


def load_demo(community: Community) -> None:
    """The demo hook of circle: places, changes, closures, notices, sign-ins."""
    data = read_demo_data("demo_places.json")
    grids = {row["code"]: add_grid(community, row) for row in data["grids"]}
    gates = {row["code"]: pick_columns(row, "gate_note") for row in data["grids"]}
    for row in data["buildings"]:
        add_building(community, grids[row["grid"]], row | gates[row["grid"]])
    kinds = FacilityKind.objects.in_bulk(field_name="code")
    new = [row for row in data["facilities"] if add_facility(community, kinds[row["kind"]], row)]
    facilities = {place.code: place for place in Facility.objects.filter(community=community)}
    added = {row["code"] for row in new}
    for row in data["changes"]:
        if row["facility"] in added:
            add_change(facilities[row["facility"]], row)
    for row in data["closures"]:
        if row["facility"] in added:
            add_closure(facilities[row["facility"]], row)
    for row in data["notices"]:
        add_notice(community, row)
    load_signposts(community)
    actions.expire_notices(at=timezone.now())
    add_people(community)
    add_sign_ins(community)
    add_streets(community)
    add_inventories(community)
    add_sites(community)
    actions.recompute_coverage(community=community, at=timezone.now())
