"""Valid rows of streets and walking times for tests."""

from typing import Any

from django.utils import timezone

from circle.models import Building, Community, Facility, FacilityKind, StreetNetwork, WalkRun, WalkTime
from tests import make


def network(community: Community, **values: Any) -> StreetNetwork:
    defaults = {"source": "streets.osm", "filter_version": "1", "crossing_wait_s": 20, "content": b"-"}
    defaults |= {"sha256": "0" * 64, "imported_at": timezone.now()}
    return StreetNetwork.objects.create(community=community, **defaults | values)


def run(kind: FacilityKind, state: str = "published", **values: Any) -> WalkRun:
    community = make.here()
    streets = StreetNetwork.objects.current(community) or network(community)
    defaults = {"network": streets, "finished_at": timezone.now()}
    return WalkRun.objects.create(community=community, kind=kind, state=state, **defaults | values)


def way(
    computed: WalkRun,
    building: Building | None,
    facility: Facility,
    distance_dm: int = 6000,
    wait_s: int = 0,
    **values: Any,
) -> WalkTime:
    """From the building, or from the gate, to the facility."""
    return WalkTime.objects.create(
        run=computed, building=building, facility=facility, distance_dm=distance_dm, wait_s=wait_s, **values
    )
