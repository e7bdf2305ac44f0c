"""The marks of the walking ring, single discs and capsules, and where they are placed.

Distance from the middle is walking time and is exact. The direction is true, but may turn to make room.
"""

import math
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from itertools import product, tee
from typing import NamedTuple

from circle.walking.labels import GAP, LINE, Box, Text, text_line, text_width
from circle.walking.polar import angle_between, point_at, turning_angles

DISC, RIM, PITCH, BADGE = 15.0, 3.0, 32.0, 19.0
TOGETHER_MINUTES, TOGETHER_DEGREES = 1.2, 12.0
REACH, ROUNDS = 50, 4
SPAN_WEIGHT, CLOSE_TO_HOME = 20.0, 3


@dataclass(frozen=True)
class Place:
    """The nearest place of one dimension; bearing in degrees clockwise from north, anchor its row's id."""

    sign: str
    minutes: float
    bearing: float
    is_open: bool
    anchor: str
    hue: str
    label: str


Group = tuple[Place, ...]


@dataclass(frozen=True)
class Member:
    """One disc, and its badge when the place is closed."""

    place: Place
    disc: Box
    badge: Text | None


@dataclass(frozen=True)
class Mark:
    """A single disc, or a capsule of several, with its minutes; `bearing` is the one it was placed at."""

    members: tuple[Member, ...]
    outline: Box
    caption: Text
    minutes: float
    bearing: float

    @property
    def is_capsule(self) -> bool:
        return len(self.members) > 1

    @property
    def boxes(self) -> list[Box]:
        return [self.outline, self.caption.box, *(one.badge.box for one in self.members if one.badge)]

    def moved(self, x: float, y: float, bearing: float) -> "Mark":
        members = tuple(
            Member(one.place, one.disc.moved(x, y), one.badge and one.badge.moved(x, y))
            for one in self.members
        )
        turned = round(bearing, 1) % 360
        return Mark(members, self.outline.moved(x, y), self.caption.moved(x, y), self.minutes, turned)


class Site(NamedTuple):
    """A spot that a group could take: its boxes there, and what its mark is made of."""

    boxes: list[Box]
    shape: Mark
    x: float
    y: float
    bearing: float


Sites = Iterator[Site]


@dataclass(frozen=True)
class RingObstacles:
    """What the marks must not cover (the home's radius, boxes), and the texts they show."""

    home: float
    edges: list[Box]
    labels: list[Box]
    closed_word: str
    minutes_format: str


def place_marks(places: Iterable[Place], obstacles: RingObstacles) -> list[Mark]:
    """A mark for every place. A group without room joins the one most like it, and all are placed again.

    If even one capsule of all is too big for its distance, its halves may turn as far as they need, and the
    ring labels are given up. A single disc without room, possible with absurdly long texts only, is left out.
    """
    groups = _groups(places)
    reaches: tuple[int, ...] = (REACH,)
    sites: dict[Group, Sites] = {}
    while True:
        # Sites are computed lazily; a copied tee starts again without a new search.
        new = [group for group in groups if group not in sites]
        sites |= {group: tee(_sites(group, obstacles, reaches), 1)[0] for group in new}
        marks, crowded = _arrange(groups, sites)
        if not crowded:
            return marks
        others = [group for group in groups if group != crowded]
        if others and reaches == (REACH,):
            groups = _joined(crowded, others)
        else:
            half = (len(crowded) + 1) // 2
            reaches, sites, obstacles = (REACH, 180), {}, replace(obstacles, labels=[])
            groups = [part for part in (crowded[:half], crowded[half:]) if part != crowded and part] + others


def _joined(crowded: Group, others: list[Group]) -> list[Group]:
    partner = min(others, key=lambda group: _strain(crowded, group))
    joined = tuple(sorted(crowded + partner, key=_order))
    return sorted([joined, *(group for group in others if group != partner)], key=_middle)


def whole_minutes(minutes: float) -> int:
    """Minutes as they are printed: rounded half up, never 0."""
    return max(1, math.floor(minutes + 0.5))


def is_close_to(one: Place, other: Place) -> bool:
    close = round(abs(one.minutes - other.minutes), 6) <= TOGETHER_MINUTES
    return close and angle_between(one.bearing, other.bearing) <= TOGETHER_DEGREES


def _order(place: Place) -> tuple[float, float, str]:
    return place.minutes, place.bearing, place.anchor


def _groups(places: Iterable[Place]) -> list[Group]:
    """Places that are all close to each other, not merely in a chain, share one capsule."""
    groups: list[list[Place]] = []
    for place in sorted(places, key=_order):
        for group in groups:
            if all(is_close_to(place, other) for other in group):
                group.append(place)
                break
        else:
            groups.append([place])
    return [tuple(group) for group in groups]


def _middle(group: Group) -> tuple[float, float]:
    """Mean minutes and mean bearing; for one place exactly its own."""
    if len(group) == 1:
        return group[0].minutes, group[0].bearing
    angles = [math.radians(place.bearing) for place in group]
    bearing = math.atan2(math.fsum(map(math.sin, angles)), math.fsum(map(math.cos, angles)))
    return math.fsum(place.minutes for place in group) / len(group), math.degrees(bearing)


def _strain(one: Group, other: Group) -> float:
    """How badly two groups go together: mainly their span of minutes, then distance, then number."""
    minutes = [place.minutes for place in one + other]
    distance = math.dist(point_at(*_middle(one)), point_at(*_middle(other)))
    return SPAN_WEIGHT * (max(minutes) - min(minutes)) + distance + DISC * len(other)


def _arrange(groups: list[Group], sites: dict[Group, Sites]) -> tuple[list[Mark], Group]:
    """The marks; or the group without room, where choosing first did not help it either."""
    crowded: Group = ()
    for _ in range(ROUNDS):
        taken: list[Site] = []
        for group in groups:
            covered = [box for site in taken for box in site.boxes]
            site = next(
                (s for s in copy(sites[group]) if all(box.is_clear(covered) for box in s.boxes)), None
            )
            if not site:
                crowded = group
                break
            taken.append(site)
        else:
            return [site.shape.moved(site.x, site.y, site.bearing) for site in taken], ()
        groups = [crowded, *(group for group in groups if group != crowded)]
    return [], crowded


def _sites(group: Group, obstacles: RingObstacles, reaches: Iterable[int]) -> Sites:
    """Free spots for a group: the best wording and shape first, of each the least turned."""
    minutes, bearing = _middle(group)
    is_plain = minutes > CLOSE_TO_HOME or all(place.is_open for place in group)
    badges = (True,) if is_plain else (True, False)
    for reach, columns, badged, over in product(reaches, _columns(len(group)), badges, (False, True)):
        shapes = [_shape(group, wide, badged, over, obstacles) for wide in columns]
        for shift, (shape, boxes) in product(
            turning_angles(reach), [(shape, shape.boxes) for shape in shapes]
        ):
            x, y = point_at(minutes, bearing + shift)
            if all(_is_free(box, x, y, obstacles) for box in boxes):
                yield Site([box.moved(x, y) for box in boxes], shape, x, y, bearing + shift)


def _is_free(box: Box, x: float, y: float, obstacles: RingObstacles) -> bool:
    """Whether the box, moved by (x, y), lies within the picture and touches no obstacle."""
    box = Box(box.x + x, box.y + y, box.width, box.height)
    if not box.is_in_view() or box.from_centre() < obstacles.home + GAP:
        return False
    return box.is_clear(obstacles.edges) and box.is_clear(obstacles.labels)


def _columns(size: int) -> list[list[int]]:
    """Numbers of discs per row to try: compact shapes first, then long ones."""
    if size <= 5:
        return [[1], [2, 1], [3, 2, 1], [4, 2], [5, 3]][size - 1 : size]
    return [[(size + 1) // 2, 2], [size, 1]]


def _shape(group: Group, columns: int, badged: bool, over: bool, obstacles: RingObstacles) -> Mark:
    """The mark of a group round the point (0, 0).

    Where room is short, as beside the home, the minutes go above it (`over`), or include the word for closed
    instead of a badge (not `badged`).
    """
    badge = _badge(obstacles.closed_word)
    shut = [badged and not place.is_open for place in group]
    pitch = max(PITCH, badge.box.width + GAP) if any(shut) else PITCH
    rows, size = -(-len(group) // columns), 2 * (DISC + (RIM if len(group) > 1 else 0)) - pitch
    members = []
    for index, place in enumerate(group):
        row, column = divmod(index, columns)
        x = (column - (min(columns, len(group) - row * columns) - 1) / 2) * pitch
        y = (row - (rows - 1) / 2) * pitch
        members.append(
            Member(place, Box(x, y, 2 * DISC, 2 * DISC), badge.moved(x, y) if shut[index] else None)
        )
    outline = Box(0, 0, round(size + columns * pitch, 1), round(size + rows * pitch, 1))
    top = min([outline.top, *(one.badge.box.top for one in members if one.badge)])
    caption = _caption(group, badged, obstacles)
    beside = top - 1 - LINE / 2 if over else 1 + LINE / 2 - outline.top
    return Mark(tuple(members), outline, caption.moved(0, beside), *_middle(group))


def _badge(word: str) -> Text:
    """One character at the upper right of the disc, a longer word above it; both leave its sign clear."""
    width = text_width(word) + 2 * RIM
    return Text(word, Box(16.5, -15, BADGE, BADGE) if width <= BADGE + RIM else Box(0, -21, width, BADGE))


def _caption(group: Group, badged: bool, obstacles: RingObstacles) -> Text:
    first, last = whole_minutes(group[0].minutes), whole_minutes(group[-1].minutes)
    span = obstacles.minutes_format.format(first if first == last else f"{first}–{last}")
    is_plain = badged or all(place.is_open for place in group)
    return text_line(span if is_plain else f"{span} · {obstacles.closed_word}")
