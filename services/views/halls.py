"""The times of a day at each hall that has some, the nearest hall first."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import inf

from circle.models import Facility
from circle.proximity.nearby import OBSTACLE_TEXTS, find_obstacle, minutes_of
from circle.proximity.walk_times import WalkTimes
from circle.web.middleware import PortalRequest
from services.models import Slot


@dataclass(frozen=True)
class HallTimes:
    """`minutes` on foot from the visitor's building, or from the gate; None where nobody gets there."""

    facility: Facility
    minutes: float | None
    is_estimate: bool
    obstacle_text: str
    slots: list[Slot] = field(default_factory=list)

    @property
    def window(self) -> str:
        """The only one that serves; with several each time names its own."""
        names = {slot.counter.name for slot in self.slots}
        return names.pop() if len(names) == 1 else ""


def times_by_hall(request: PortalRequest, slots: Iterable[Slot]) -> list[HallTimes]:
    """Of slots loaded with counter and facility; two queries."""
    walk_times = WalkTimes.of(request.community, request.building)
    halls: dict[int, HallTimes] = {}
    for slot in slots:
        facility = slot.counter.facility
        if facility.pk not in halls:
            halls[facility.pk] = on_foot(facility, walk_times, request.preferences.walking_pace)
        halls[facility.pk].slots.append(slot)
    return sorted(
        halls.values(), key=lambda hall: (inf if hall.minutes is None else hall.minutes, hall.facility.code)
    )


def on_foot(facility: Facility, walk_times: WalkTimes, pace: str) -> HallTimes:
    walk, step_free = walk_times.to(facility), pace == "wheelchair"
    minutes = minutes_of(walk, pace, step_free)
    obstacle = find_obstacle(walk, minutes, facility, step_free)
    words = str(OBSTACLE_TEXTS[obstacle]) if obstacle else ""
    return HallTimes(facility, minutes, walk is not None and walk.is_estimate, words)
