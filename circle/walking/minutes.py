"""Walking time between two points: over the streets where these are known, else estimated.

The estimate is the straight line times 1.3, a usual detour in towns. Every page that shows one says so.
"""

from dataclasses import dataclass
from math import asin, atan2, cos, degrees, radians, sin, sqrt

Point = tuple[float, float]  # (longitude, latitude), WGS-84 degrees

EARTH_RADIUS_M = 6_371_008.8
DETOUR = 1.3
PACES = {"adult": 1.2, "elder": 0.8, "pram": 1.0, "wheelchair": 0.7}  # metres a second
# The same in whole decimetres a second, with the pace of the official figures: sums in integers are exact.
DECIMETRES = {pace: round(speed * 10) for pace, speed in PACES.items()} | {"planning": 10}
REACH_MINUTES = 30  # at planning pace; longer walks are not stored


def walking_minutes(distance_dm: int, wait_s: int, pace: str) -> float:
    """Walking at the pace, plus waiting at crossings, which is the same for every pace."""
    return (distance_dm + wait_s * DECIMETRES[pace]) / (DECIMETRES[pace] * 60)


def is_within(limit_minutes: int, distance_dm: int, wait_s: int, pace: str) -> bool:
    """Whether it takes at most the limit, in exact integers, the last second included."""
    return distance_dm + wait_s * DECIMETRES[pace] <= limit_minutes * 60 * DECIMETRES[pace]


@dataclass(frozen=True)
class Walk:
    """A walk estimated from the straight line."""

    metres: float
    bearing: float  # degrees clockwise from north, of the straight line

    is_estimate = True

    def minutes(self, pace: str) -> float:
        return self.metres / PACES[pace] / 60


@dataclass(frozen=True)
class StreetWalk:
    """A walk over the streets; the one without stairs may be longer, or missing."""

    distance_dm: int
    wait_s: int
    step_free_dm: int | None
    step_free_wait_s: int | None
    bearing: float  # of the straight line, as in `Walk`

    is_estimate = False

    def minutes(self, pace: str, *, step_free: bool = False) -> float | None:
        """None where a walk without stairs is wanted and missing; the pace "wheelchair" always wants one."""
        if not (step_free or pace == "wheelchair"):
            return walking_minutes(self.distance_dm, self.wait_s, pace)
        if self.step_free_dm is None or self.step_free_wait_s is None:
            return None
        return walking_minutes(self.step_free_dm, self.step_free_wait_s, pace)


def straight_line(start: Point, end: Point) -> float:
    """Metres on the sphere; up to 0.4 % off the ellipsoid, far less than the detour factor is off."""
    (lon1, lat1), (lon2, lat2) = start, end
    half = (
        sin(radians(lat2 - lat1) / 2) ** 2
        + cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_M * asin(sqrt(half))


def bearing_between(start: Point, end: Point) -> float:
    """Degrees clockwise from north, 0 ≤ bearing < 360."""
    (lon1, lat1), (lon2, lat2) = start, end
    east = sin(radians(lon2 - lon1)) * cos(radians(lat2))
    north = cos(radians(lat1)) * sin(radians(lat2)) - sin(radians(lat1)) * cos(radians(lat2)) * cos(
        radians(lon2 - lon1)
    )
    return degrees(atan2(east, north)) % 360


def estimate_walk(start: Point, end: Point) -> Walk:
    return Walk(metres=straight_line(start, end) * DETOUR, bearing=bearing_between(start, end))
