"""Valid rows of what-if for tests."""

from typing import Any

from circle.actions import save_scenario
from circle.models import CandidateSite, Scenario
from tests import make


def site(*, east: float = 0, north: float = 0, **values: Any) -> CandidateSite:
    make.belongs(values, community=make.here)
    found = make.names("空地", "Lot") | make.point(east, north) | {"code": f"site-{next(make.numbers)}"}
    return CandidateSite.objects.create(**found | values)


def scenario(**values: Any) -> Scenario:
    """A place of a kind of its own at the gate, saved through the action."""
    make.belongs(values, community=make.here, kind=make.kind, by=make.resident_login)
    if not values["community"].buildings.exists():
        make.building(grid=make.grid(community=values["community"]))
    found = {"point": values["community"].point, "stamp": "workday", "pace": "planning", "at": make.MORNING}
    return save_scenario(**found | values)
