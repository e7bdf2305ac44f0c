"""GCJ-02 and BD-09 to WGS-84 and back, in degrees.

Chinese consumer maps shift every point by some 500 m (GCJ-02) or 1,000 m (BD-09). The shift is a public
reconstruction, good to a few centimetres against itself; survey precision is not claimed.
"""

from math import atan2, cos, pi, sin, sqrt

Point = tuple[float, float]  # (longitude, latitude), degrees

CHINA = {"longitude": (73, 136), "latitude": (3, 54)}

_AXIS = 6378245.0
_ECCENTRICITY = 0.00669342162296594323
_BD_PI = pi * 3000 / 180


def is_in_china(point: Point) -> bool:
    """Within a rough box, narrow enough that no point of China with swapped degrees falls into it."""
    (west, east), (south, north) = CHINA["longitude"], CHINA["latitude"]
    return west <= point[0] <= east and south <= point[1] <= north


def is_plausible(point: Point, datum: str) -> bool:
    """Whether a point may be meant: GCJ-02 and BD-09 are used in China only, WGS-84 everywhere.

    A point that lies in China once its degrees are exchanged was entered the wrong way round.
    """
    if is_in_china(point):
        return True
    return datum == "wgs84" and abs(point[1]) <= 85 and not is_in_china((point[1], point[0]))


def wgs84_to_gcj02(point: Point) -> Point:
    """The shifted position of a WGS-84 point."""
    longitude, latitude = point
    x, y = longitude - 105.0, latitude - 35.0
    ripple = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + ripple
    north += (20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3
    north += (160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + ripple
    east += (20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3
    east += (150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    phi = latitude / 180 * pi
    magic = 1 - _ECCENTRICITY * sin(phi) ** 2
    degrees_north = north * 180 / (_AXIS * (1 - _ECCENTRICITY) / (magic * sqrt(magic)) * pi)
    degrees_east = east * 180 / (_AXIS / sqrt(magic) * cos(phi) * pi)
    return longitude + degrees_east, latitude + degrees_north


def gcj02_to_wgs84(point: Point) -> Point:
    """The WGS-84 point whose shifted position this is; fixed-point iteration, ≤ 1e-7 m after five rounds."""
    longitude, latitude = point
    for _ in range(5):
        shifted = wgs84_to_gcj02((longitude, latitude))
        longitude += point[0] - shifted[0]
        latitude += point[1] - shifted[1]
    return longitude, latitude


def gcj02_to_bd09(point: Point) -> Point:
    x, y = point
    z = sqrt(x * x + y * y) + 0.00002 * sin(y * _BD_PI)
    theta = atan2(y, x) + 0.000003 * cos(x * _BD_PI)
    return z * cos(theta) + 0.0065, z * sin(theta) + 0.006


def bd09_to_gcj02(point: Point) -> Point:
    """Inverse of gcj02_to_bd09, by the same iteration."""
    x, y = point[0] - 0.0065, point[1] - 0.006
    for _ in range(5):
        shifted = gcj02_to_bd09((x, y))
        x += point[0] - shifted[0]
        y += point[1] - shifted[1]
    return x, y


def to_wgs84(point: Point, datum: str) -> Point:
    """`datum` is "wgs84", "gcj02" or "bd09"; KeyError for any other."""
    if datum == "wgs84":
        return point
    return gcj02_to_wgs84({"gcj02": point, "bd09": bd09_to_gcj02(point)}[datum])


def from_wgs84(point: Point, datum: str) -> Point:
    """Inverse of `to_wgs84`."""
    if datum == "wgs84":
        return point
    shifted = wgs84_to_gcj02(point)
    return {"gcj02": shifted, "bd09": gcj02_to_bd09(shifted)}[datum]
