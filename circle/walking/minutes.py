"""Minutes on foot between two points.

Until streets are imported the way is estimated: the straight line times 1.3, a usual detour in towns.
Every page that shows such minutes says that they are an estimate.
"""

from dataclasses import dataclass
from math import asin, atan2, cos, degrees, radians, sin, sqrt

Point = tuple[float, float]  # (longitude, latitude), WGS-84 degrees

EARTH_RADIUS_M = 6_371_008.8
DETOUR = 1.3
PACES = {"adult": 1.2, "elder": 0.8, "pram": 1.0, "wheelchair": 0.7}  # metres a second


@dataclass(frozen=True)
class Walk:
    metres: float
    bearing: float  # degrees clockwise from north, of the straight line

    def minutes(self, pace: str) -> float:
        return self.metres / PACES[pace] / 60


def straight_line(start: Point, end: Point) -> float:
    """Metres on the sphere; up to 0.4 % off the ellipsoid, far below what the detour factor hides."""
    (lon1, lat1), (lon2, lat2) = start, end
    half = (
        sin(radians(lat2 - lat1) / 2) ** 2
        + cos(radians(lat1)) * cos(radians(lat2)) * sin(radians(lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_M * asin(sqrt(half))


def bearing(start: Point, end: Point) -> float:
    """Degrees clockwise from north, 0 ≤ bearing < 360."""
    (lon1, lat1), (lon2, lat2) = start, end
    east = sin(radians(lon2 - lon1)) * cos(radians(lat2))
    north = cos(radians(lat1)) * sin(radians(lat2)) - sin(radians(lat1)) * cos(radians(lat2)) * cos(
        radians(lon2 - lon1)
    )
    return degrees(atan2(east, north)) % 360


def estimate(start: Point, end: Point) -> Walk:
    return Walk(metres=straight_line(start, end) * DETOUR, bearing=bearing(start, end))
