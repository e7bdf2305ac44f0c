"""Where a walk begins: a building, or the community's gate."""

from dataclasses import dataclass

from circle.models import Building, Community


@dataclass(frozen=True)
class Origin:
    """Where walking starts: the visitor's building, or the community's gate while none is chosen."""

    name: str
    point: tuple[float, float]
    building: Building | None = None


def origin_of(community: Community, building: Building | None) -> Origin:
    if building:
        return Origin(building.name, building.point, building)
    return Origin(community.gate, community.point)
