"""Beside the rows of a list: whether each place is open, and how far it is."""

from dataclasses import dataclass

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import get_language

from circle.calendar.opening_hours import State
from circle.models import Building, Community, Facility
from circle.proximity.nearby import Moment, nearby_facilities
from circle.proximity.walk_times import WalkTimes
from circle.walking.marks import whole_minutes

SECONDS = 60  # as whole pages are stored


@dataclass(frozen=True)
class PlaceState:
    state: State
    opening_text: str
    minutes: int | None  # on foot; None where it cannot be reached


def place_states(community: Community, building: Building | None, pace: str) -> dict[int, PlaceState]:
    """Of all public places by their ids, computed once a minute; one query in between."""
    start = building.pk if building else 0
    key = f"place-states:{community.pk}:{start}:{pace}:{get_language()}"
    states: dict[int, PlaceState] | None = cache.get(key)
    if states is None:
        states = compute_states(community, building, pace)
        cache.set(key, states, SECONDS)
    return states


def compute_states(community: Community, building: Building | None, pace: str) -> dict[int, PlaceState]:
    moment = Moment(timezone.localtime())
    places = Facility.objects.public(community).with_timetable(moment.at)
    walk_times = WalkTimes.of(community, building)
    return {
        near.facility.pk: PlaceState(
            near.opening.state,
            near.opening_text,
            None if near.minutes is None else whole_minutes(near.minutes),
        )
        for near in nearby_facilities(places, walk_times=walk_times, pace=pace, moment=moment)
    }
