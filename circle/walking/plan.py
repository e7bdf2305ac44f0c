"""A plan of the homes, drawn from their points without map tiles; north is at the top.

Minutes are shown by shape and number as well as by colour. Lengths are user units of a picture 358 wide.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, inf, radians
from typing import NamedTuple

from circle.walking.limits import TIERS

WIDTH, MARGIN, TALLEST = 358.0, 26.0, 420.0
TEN_BANDS = (10, 8, 6)
SIGNS = ("near", "midway", "far", "beyond", "none")  # within TIERS, beyond, unreachable; or by TEN_BANDS
AROUND = 150.0  # metres shown beyond the outermost homes
LABEL_WIDTH, LABEL_HEIGHT = 22.0, 15.0
METRES_PER_DEGREE = 111_195.0


Point = tuple[float, float]
Line = Sequence[Point]  # (longitude, latitude), or x and y


class Spot(NamedTuple):
    """Something to draw: (longitude, latitude), its name and the minutes from there; infinite is none.

    Or, instead of the minutes, how many of the ten dimensions lie within fifteen.
    """

    point: Point
    name: str
    minutes: float = inf
    of_ten: int | None = None


@dataclass(frozen=True)
class Marker:
    x: float
    y: float
    sign: str
    name: str
    label: str  # whole minutes, or how many of ten, where there is room for them


@dataclass(frozen=True)
class Plan:
    markers: tuple[Marker, ...]
    places: tuple[Marker, ...]
    streets: str  # one path for all lines
    height: float
    scale_metres: int  # the bar drawn for scale
    scale_width: float
    width: float = WIDTH

    @property
    def signs(self) -> list[str]:
        """The signs that occur, for the legend."""
        return [sign for sign in SIGNS if any(marker.sign == sign for marker in self.markers)]


def sign_of(minutes: float) -> str:
    """The band of a time; limits are inclusive, infinite means unreachable."""
    if minutes == inf:
        return "none"
    return next((sign for sign, limit in zip(SIGNS, TIERS, strict=False) if minutes <= limit), "beyond")


def sign_of_ten(count: int) -> str:
    """All ten, eight or nine, six or seven, or fewer."""
    return next((sign for sign, least in zip(SIGNS, TEN_BANDS, strict=False) if count >= least), "beyond")


def draw_plan(
    homes: Sequence[Spot],
    places: Sequence[Spot] = (),
    proposed: Sequence[Spot] = (),
    streets: Iterable[Line] = (),
) -> Plan:
    """Draw homes, places and streets; homes get a number, in their order, while there is room.

    The frame holds the homes and the proposed places; other places and streets outside of it are left out.
    """
    points = [spot.point for spot in [*homes, *proposed]] or [(0.0, 0.0)]
    west, east = min(p[0] for p in points), max(p[0] for p in points)
    south, north = min(p[1] for p in points), max(p[1] for p in points)
    squeeze = cos(radians((south + north) / 2))
    around = AROUND / METRES_PER_DEGREE
    west, east = west - around / squeeze, east + around / squeeze
    south, north = south - around, north + around
    wide = max((east - west) * squeeze, (north - south) * (WIDTH - 2 * MARGIN) / (TALLEST - 2 * MARGIN))
    unit = (WIDTH - 2 * MARGIN) / wide
    height = (north - south) * unit + 2 * MARGIN
    left = (WIDTH - (east - west) * squeeze * unit) / 2

    def is_inside(point: Point) -> bool:
        return west <= point[0] <= east and south <= point[1] <= north

    near = [*proposed, *(place for place in places if is_inside(place.point))]

    def at(point: Point) -> Point:
        x = left + (point[0] - west) * squeeze * unit
        return round(x, 1), round(height - MARGIN - (point[1] - south) * unit, 1)

    taken = [at(place.point) for place in near]
    metres = next((m for m in (500, 200, 100, 50) if m / METRES_PER_DEGREE * unit <= 140), 20)
    return Plan(
        tuple(label_homes([(home, *at(home.point)) for home in homes], taken)),
        tuple(Marker(*at(place.point), "place", place.name, "") for place in near),
        path_of([[at(point) for point in line] for line in streets if any(map(is_inside, line))]),
        round(height, 1),
        metres,
        round(metres / METRES_PER_DEGREE * unit, 1),
    )


def path_of(lines: Iterable[Line]) -> str:
    return " ".join("M" + " L".join(f"{x:g} {y:g}" for x, y in line) for line in lines)


def label_homes(homes: list[tuple[Spot, float, float]], taken: list[tuple[float, float]]) -> list[Marker]:
    """Put each number above its mark, unless another mark or number is there."""
    spots = [(x, y) for _home, x, y in homes] + taken
    labels: list[tuple[float, float]] = []
    markers = []
    for home, x, y in homes:
        spot = (x, y - LABEL_HEIGHT)
        others = [other for other in spots if other != (x, y)] + labels
        is_free = all(
            abs(spot[0] - other[0]) >= LABEL_WIDTH or abs(spot[1] - other[1]) >= LABEL_HEIGHT
            for other in others
        )
        sign, number = sign_and_number(home)
        label = number if is_free else ""
        if label:
            labels.append(spot)
        markers.append(Marker(x, y, sign, home.name, label))
    return markers


def sign_and_number(home: Spot) -> tuple[str, str]:
    """Of ten dimensions where the home has `of_ten`, else of its minutes."""
    if home.of_ten is None:
        return sign_of(home.minutes), number_of(home.minutes)
    return sign_of_ten(home.of_ten), str(home.of_ten)


def number_of(minutes: float) -> str:
    """Whole minutes, rounded half up, unless that would print a limit beside the sign of what is beyond."""
    if minutes == inf:
        return ""
    whole = max(1, int(minutes + 0.5))
    return str(whole if sign_of(whole) == sign_of(minutes) else whole + (whole < minutes))
