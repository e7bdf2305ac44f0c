"""Geometry of the walking ring: minutes and bearings become points, texts and discs become boxes.

Lengths are user units of a picture 358 px wide. On a screen of 320 px it is drawn at 288/358 of that size,
where signs of 17 units are still 13.7 px high and texts of 14 units 11.3 px.
"""

import math

from circle.walking.limits import LIMIT_MINUTES, TIERS

CENTRE = (179.0, 180.0)
RING_MINUTES = TIERS
OUTER_MINUTES = LIMIT_MINUTES


def ring_radius(minutes: float) -> float:
    """The distance from the middle at which so many minutes are drawn."""
    return 40 + 110 * minutes / OUTER_MINUTES


def point_at(minutes: float, bearing: float) -> tuple[float, float]:
    """The point of a walk of so many minutes; bearing in degrees clockwise from north."""
    angle, distance = math.radians(bearing), ring_radius(minutes)
    return round(CENTRE[0] + distance * math.sin(angle), 1), round(CENTRE[1] - distance * math.cos(angle), 1)


def angle_between(one: float, other: float) -> float:
    """The smaller angle between two bearings, 0 to 180 degrees."""
    return abs((one - other + 180) % 360 - 180)


def turning_angles(reach: int, step: int = 5) -> list[int]:
    """Degrees to turn by, the smallest first, clockwise before anticlockwise."""
    return [0, *(sign * shift for shift in range(step, reach + 1, step) for sign in (1, -1))]
