"""Where the door of a building or facility meets the streets: the nearest edge not across a barrier."""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import cos, floor, hypot, inf, radians
from typing import NamedTuple

from circle.walking.minutes import EARTH_RADIUS_M, Point
from circle.walking.network import Network, line_metres
from circle.walking.walkable import Kind

FARTHEST_M = 300  # a point farther from every street is off the streets
CELL_M = 200
FIRST_M = 100  # a first search this far finds nearly all doors
METRES_PER_DEGREE = radians(1) * EARTH_RADIUS_M

PlanePoint = tuple[float, float]  # metres east and north
Segment = tuple[PlanePoint, PlanePoint]


class Door(NamedTuple):
    """A point on an edge by its distance from the edge's start, and the distance from the door to it."""

    edge: int
    offset_dm: int
    connector_dm: int


class NearSegment(NamedTuple):
    metres: float
    edge: int
    number: int  # of the segment in its edge
    share: float  # of the segment, up to the nearest point
    foot: PlanePoint


class SegmentGrid:
    """Segments of lines by the cells of 200 m that they touch; in arrays, for a city has 100,000s of them."""

    def __init__(self) -> None:
        self.owners = array("i")
        self.numbers = array("i")
        self.corners = array("d")  # four for each segment
        self.cells: dict[int, array[int]] = {}

    def add(self, owner: int, line: Sequence[PlanePoint]) -> None:
        for number, segment in enumerate(pairwise(line)):
            for cell in cells_of(segment):
                self.cells.setdefault(cell, array("i")).append(len(self.owners))
            self.owners.append(owner)
            self.numbers.append(number)
            for corner in segment:
                self.corners.extend(corner)

    def touching(self, box: Segment) -> set[int]:
        """The segments in the cells of a box."""
        return {number for cell in cells_of(box) for number in self.cells.get(cell, ())}

    def segment(self, number: int) -> Segment:
        east, north, far_east, far_north = self.corners[4 * number : 4 * number + 4]
        return (east, north), (far_east, far_north)


class DoorFinder:
    """Finds the doors of many points in one network."""

    def __init__(self, network: Network) -> None:
        self.network = network
        _west, south, _east, north = network.bounds()
        self.east_m = METRES_PER_DEGREE * cos(radians((south + north) / 2))
        self.streets, self.walls = SegmentGrid(), SegmentGrid()
        no_door = int(Kind.NO_DOOR)
        for edge, kind in enumerate(network.kinds):
            if not kind & no_door:
                self.streets.add(edge, self.flat_line(network.line(edge)))
        for number, line in enumerate(network.barriers()):
            self.walls.add(number, self.flat_line(line))

    def flat(self, point: Point) -> PlanePoint:
        return point[0] * self.east_m, point[1] * METRES_PER_DEGREE

    def flat_line(self, line: Iterable[Point]) -> list[PlanePoint]:
        return [self.flat(point) for point in line]

    def door(self, point: Point, own_path: Sequence[Point] = ()) -> Door | None:
        """The door of a point, or of the far end of its own path; None where no street is within 300 m."""
        path = [point, *own_path]
        here = self.flat(path[-1])
        for reach in (FIRST_M, FARTHEST_M):
            for near in sorted(self.around(here, reach)):
                if near.metres > reach:
                    break
                if not self.is_cut_off((here, near.foot)):
                    return self.made(near, line_metres(path))
        return None

    def metres_to_street(self, point: Point) -> float:
        """The distance to the nearest street, across barriers as well; infinite beyond 300 m."""
        here = self.flat(point)
        for reach in (FIRST_M, FARTHEST_M):
            found = min(self.around(here, reach), default=None)
            if found and found.metres <= reach:
                return found.metres
        return inf

    def around(self, here: PlanePoint, reach: int) -> Iterator[NearSegment]:
        (east, north), grid = here, self.streets
        for found in grid.touching(((east - reach, north - reach), (east + reach, north + reach))):
            share, foot = nearest_on(grid.segment(found), here)
            metres = hypot(foot[0] - east, foot[1] - north)
            yield NearSegment(metres, grid.owners[found], grid.numbers[found], share, foot)

    def is_cut_off(self, step: Segment) -> bool:
        return any(has_intersection(step, self.walls.segment(found)) for found in self.walls.touching(step))

    def made(self, near: NearSegment, path_metres: float) -> Door:
        line = self.network.line(near.edge)
        whole = line_metres(line)
        before = line_metres(line[: near.number + 1])
        before += near.share * line_metres(line[near.number : near.number + 2])
        length = self.network.lengths_dm[near.edge]
        offset = round(length * before / whole) if whole else 0
        return Door(near.edge, min(offset, length), round((path_metres + near.metres) * 10))


def cells_of(segment: Segment) -> Iterator[int]:
    """The cells of the grid that the segment's box touches, each as one number."""
    (east, north), (far_east, far_north) = segment
    columns = sorted((floor(east / CELL_M), floor(far_east / CELL_M)))
    rows = sorted((floor(north / CELL_M), floor(far_north / CELL_M)))
    for column in range(columns[0], columns[1] + 1):
        for row in range(rows[0], rows[1] + 1):
            yield column << 32 | (row & 0xFFFFFFFF)


def nearest_on(segment: Segment, here: PlanePoint) -> tuple[float, PlanePoint]:
    """The point of the segment nearest to `here`, as share of the segment and as point."""
    (east, north), (far_east, far_north) = segment
    width, height = far_east - east, far_north - north
    square = width * width + height * height
    if not square:
        return 0.0, (east, north)
    along = (here[0] - east) * width + (here[1] - north) * height
    share = min(1.0, max(0.0, along / square))
    return share, (east + share * width, north + share * height)


def has_intersection(one: Segment, other: Segment) -> bool:
    """Whether they cross; touching at an end does not count, so a gate at the end of a wall stays open."""
    a, b = one
    c, d = other
    return (
        cross_product(a, b, c) * cross_product(a, b, d) < 0
        and cross_product(c, d, a) * cross_product(c, d, b) < 0
    )


def cross_product(a: PlanePoint, b: PlanePoint, c: PlanePoint) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
