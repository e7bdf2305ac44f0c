"""Middle and size of shapes on the map, for points that a table gives as an outline."""

from collections.abc import Sequence
from math import cos, radians
from typing import Any

from circle.walking.doors import METRES_PER_DEGREE
from circle.walking.minutes import Point


def middle_of(geometry: dict[str, Any]) -> Point:
    """Of a GeoJSON point, or of the first outline of a polygon. ValueError for any other shape."""
    coordinates = geometry["coordinates"]
    if geometry["type"] == "Point":
        longitude, latitude, *_height = coordinates
        return longitude, latitude
    if geometry["type"] == "MultiPolygon":
        coordinates = coordinates[0]
    elif geometry["type"] != "Polygon":
        raise ValueError(geometry["type"])
    return outline_of([(point[0], point[1]) for point in coordinates[0]])[0]


def outline_of(ring: Sequence[Point]) -> tuple[Point, float]:
    """The centroid of an outline and its area in square metres; for a line that encloses nothing its mean."""
    if not ring:
        raise ValueError("no point")
    east_m = METRES_PER_DEGREE * cos(radians(ring[0][1]))
    flat = [((east - ring[0][0]) * east_m, (north - ring[0][1]) * METRES_PER_DEGREE) for east, north in ring]
    twice = east_sum = north_sum = 0.0
    for (east, north), (next_east, next_north) in zip(flat, [*flat[1:], flat[0]], strict=True):
        cross = east * next_north - next_east * north
        twice += cross
        east_sum += (east + next_east) * cross
        north_sum += (north + next_north) * cross
    if abs(twice) < 1:
        middle = (sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring))
        return middle, 0.0
    east, north = east_sum / (3 * twice), north_sum / (3 * twice)
    return (ring[0][0] + east / east_m, ring[0][1] + north / METRES_PER_DEGREE), abs(twice) / 2
