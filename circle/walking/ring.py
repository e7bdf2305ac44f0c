"""The walking ring: the nearest places within a quarter of an hour of home, as one picture.

Plain data in, plain numbers out, for templates/circle/_ring.html to write down.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from circle.walking.labels import HEIGHT, LINE, SIGN_SIZE, TEXT_SIZE, WIDTH, Box, Text, text_line, text_width
from circle.walking.limits import LIMIT_MINUTES
from circle.walking.marks import (
    DISC,
    RIM,
    Mark,
    Place,
    RingObstacles,
    is_close_to,
    place_marks,
    whole_minutes,
)
from circle.walking.polar import CENTRE, OUTER_MINUTES, RING_MINUTES, point_at, ring_radius, turning_angles

__all__ = ["Circle", "Place", "RimLabel", "Ring", "draw_ring", "is_close_to", "whole_minutes"]

HOME_RADIUS = 19.4  # the widest that leaves room for a capsule right beside it
EDGE_REACH, MOST_EDGES = 60, 8
# Bearings tried for the ring labels, best first: a scale is expected at the upper right.
RAYS = (30, 45, 15, 60, 330, 315, 345, 300, 0, 75, 285, *range(90, 285, 15))
RAY_POINTS = {minutes: [point_at(minutes, ray) for ray in RAYS] for minutes in RING_MINUTES}
ROOMY = 48.0


@dataclass(frozen=True)
class RimLabel:
    """A direction named outside the outermost ring, with a tick (x1, y1, x2, y2) at its true bearing."""

    words: str  # in one piece, while the lines of an upright label hold a character or word each
    lines: tuple[Text, ...]
    box: Box
    tick: tuple[float, float, float, float]


@dataclass(frozen=True)
class Circle:
    """A ring of equal walking time; its label is None only where the picture has no room left."""

    minutes: int
    radius: float
    label: Text | None


@dataclass(frozen=True)
class Ring:
    """Everything the template draws. No two boxes in it intersect, and none leaves the picture."""

    home: Text
    circles: tuple[Circle, ...]
    marks: tuple[Mark, ...]
    edges: tuple[RimLabel, ...]
    home_radius: float = HOME_RADIUS
    width: float = WIDTH
    height: float = HEIGHT
    disc_radius: float = DISC
    capsule_radius: float = DISC + RIM
    sign_size: float = SIGN_SIZE
    text_size: float = TEXT_SIZE


def draw_ring(
    places: Sequence[Place],
    *,
    edges: Sequence[tuple[float, str]],
    limit: float = LIMIT_MINUTES,
    home_word: str = "我家",
    closed_word: str = "休",
    minutes_format: str = "{}分",
    ring_format: str = "{}分钟",
) -> Ring:
    """Lay out the ring for the nearest place of each dimension.

    Places beyond `limit` minutes (at most LIMIT_MINUTES) are left out. `edges` are (true bearing, label),
    eight at most; one that fits nowhere near its bearing is left out. `home_word` has room for two Chinese
    characters or three letters.
    """
    near = [place for place in places if place.minutes <= min(limit, OUTER_MINUTES)]
    home = text_line(home_word, *CENTRE)
    named = _name_edges(edges[:MOST_EDGES])
    fixed = [Box(*CENTRE, 2 * HOME_RADIUS, 2 * HOME_RADIUS), *(edge.box for edge in named)]
    scale = [ring_format.format(minutes) for minutes in RING_MINUTES]
    # Each ring first reserves a spot that the marks must respect, then takes the freest one left.
    spots = _label_rings(scale, fixed, [point_at(place.minutes, place.bearing) for place in near])
    obstacles = RingObstacles(
        HOME_RADIUS, fixed[1:], [spot.box for spot in spots if spot], closed_word, minutes_format
    )
    marks = place_marks(near, obstacles)
    discs = [(one.disc.x, one.disc.y) for mark in marks for one in mark.members]
    labels = _label_rings(scale, [*fixed, *(box for mark in marks for box in mark.boxes)], discs, spots)
    circles = (
        Circle(m, round(ring_radius(m), 1), label) for m, label in zip(RING_MINUTES, labels, strict=True)
    )
    return Ring(home, tuple(circles), tuple(marks), tuple(named))


def _name_edges(edges: Sequence[tuple[float, str]]) -> list[RimLabel]:
    """Each label as near its bearing as it fits between the outer ring and the rim of the picture."""
    named: list[RimLabel] = []
    for bearing, label in sorted(edges):
        upright = label.split() if label.isascii() else list(label)
        for shift, lines in product(turning_angles(EDGE_REACH), ([label], upright)):
            box = _beyond(bearing + shift, max(map(text_width, lines)), LINE * len(lines))
            if box.is_in_view() and box.is_clear([other.box for other in named]):
                named.append(_edge(bearing, label, lines, box))
                break
    return named


def _beyond(bearing: float, width: float, height: float) -> Box:
    """A box just outside the outer ring: all of it lies beyond the tangent at this bearing."""
    east, north = math.sin(math.radians(bearing)), math.cos(math.radians(bearing))
    away = ring_radius(OUTER_MINUTES) + 5 + (abs(east) * width + abs(north) * height) / 2
    return Box(*CENTRE, width, height).moved(away * east, -away * north)


def _edge(bearing: float, words: str, lines: list[str], box: Box) -> RimLabel:
    texts = (text_line(line, box.x, box.top + (row + 0.5) * LINE) for row, line in enumerate(lines))
    tick = (*point_at(OUTER_MINUTES, bearing), *point_at(OUTER_MINUTES + 0.6, bearing))
    return RimLabel(words, tuple(texts), box, tick)


def _label_rings(
    scale: list[str], taken: list[Box], discs: list[tuple[float, float]], spots: Sequence[Text | None] = ()
) -> list[Text | None]:
    """A label on each ring at its freest angle; `spots` are those reserved for them."""
    labels: list[Text | None] = []
    for index, minutes in enumerate(RING_MINUTES):
        others = [*taken, *(label.box for label in [*labels, *spots[index + 1 :]] if label)]
        label = text_line(scale[index])
        tries = sorted(RAY_POINTS[minutes], key=lambda at: -_room(at, discs))
        moved = (label.moved(*at) for at in tries)
        labels.append(next((m for m in moved if m.box.is_in_view() and m.box.is_clear(others)), None))
    return labels


def _room(at: tuple[float, float], discs: list[tuple[float, float]]) -> float:
    """Distance to the nearest disc; beyond ROOMY all angles are equally good."""
    return min([ROOMY, *(math.dist(at, disc) for disc in discs)])
