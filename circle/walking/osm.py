"""Reads the walkable ways of an OpenStreetMap file, .osm.pbf or .osm. For commands: imports osmium."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import osmium
from osmium.osm import NODE, RELATION, WAY

from circle.walking import walkable
from circle.walking.minutes import Point

Box = tuple[float, float, float, float]  # west, south, east, north in degrees
Tags = dict[str, str]


class UnreadableStreetsError(Exception):
    """The file gives no streets; `code` says why: not_osm, outside_box, no_way."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(detail or code)
        self.code = code


@dataclass(frozen=True)
class Way:
    nodes: list[int]
    kind: walkable.Kind
    is_crossing: bool = False
    slope: float = 0.0


@dataclass
class Extract:
    """What a file says about walking. Nodes without a point lie outside the file or the box."""

    points: dict[int, Point] = field(default_factory=dict)
    ways: list[Way] = field(default_factory=list)
    barriers: list[list[Point]] = field(default_factory=list)
    crossings: set[int] = field(default_factory=set)  # nodes where a carriageway is crossed
    closed: set[int] = field(default_factory=set)  # nodes where a wall or a locked gate cuts the way
    figures: Counter[str] = field(default_factory=Counter)
    source_on: dt.date | None = None


def read_extract(path: Path, *, box: Box | None = None, cycleways: bool = False) -> Extract:
    """The walkable ways; those that leave the file or the box are split there.

    Raises UnreadableStreetsError: not_osm (no OpenStreetMap file, or a truncated one), no_way (no walkable
    way in it), outside_box (none of its ways lies in the box).
    """
    extract = Extract()
    try:
        walked, lines = sorted_ways(path, extract, cycleways)
        wanted = {node for nodes, _tags in walked for node in nodes}.union(*lines)
        read_points(path, extract, wanted, box)
        extract.source_on = header_date(path) or extract.source_on
    except (RuntimeError, ValueError, osmium.InvalidLocationError) as error:
        raise UnreadableStreetsError("not_osm", str(error)) from error
    if not walked:
        raise UnreadableStreetsError("no_way")
    if not extract.points:
        raise UnreadableStreetsError("outside_box")
    for nodes, tags in walked:
        extract.ways += way_pieces(extract, nodes, tags)
    extract.barriers = [
        [extract.points[node] for node in run] for line in lines for run in runs_inside(line, extract.points)
    ]
    if not extract.ways:
        raise UnreadableStreetsError("no_way")
    return extract


def sorted_ways(
    path: Path, extract: Extract, cycleways: bool
) -> tuple[list[tuple[list[int], Tags]], list[list[int]]]:
    """The nodes and tags of the walkable ways, and the nodes of the barriers."""
    walked, lines = [], []
    shores = shores_of(path)
    ways: Iterator[Any] = iter(osmium.FileProcessor(str(path), WAY))
    for way in ways:
        tags: Tags = dict(way.tags)
        nodes = [node.ref for node in way.nodes]
        extract.source_on = newer_date(extract.source_on, way.timestamp)
        if "highway" in tags:
            why = walkable.exclusion_reason(tags, cycleways=cycleways)
            extract.figures[f"ways_{why or 'kept'}"] += 1
            if not why:
                walked.append((nodes, tags))
                continue
        if way.id in shores or walkable.is_barrier(tags):
            lines.append(nodes)
    return walked, lines


def shores_of(path: Path) -> set[int]:
    """The outlines of lakes and wide rivers drawn as relations, since these ways have no tag of their own."""
    relations: Iterator[Any] = iter(osmium.FileProcessor(str(path), RELATION))
    return {
        member.ref
        for relation in relations
        if relation.tags.get("type") == "multipolygon" and walkable.is_barrier(dict(relation.tags))
        for member in relation.members
        if member.type == "w"
    }


def read_points(path: Path, extract: Extract, wanted: set[int], box: Box | None) -> None:
    nodes: Iterator[Any] = iter(osmium.FileProcessor(str(path), NODE))
    for node in nodes:
        if node.id not in wanted or not node.location.valid():
            continue
        point = (node.location.lon, node.location.lat)
        if box is None or is_inside(point, box):
            extract.points[node.id] = point
        if node.tags.get("highway") == "crossing" and node.tags.get("crossing") != "no":
            extract.crossings.add(node.id)
        if walkable.is_blocking_node(dict(node.tags)):
            extract.closed.add(node.id)


def way_pieces(extract: Extract, nodes: list[int], tags: Tags) -> Iterator[Way]:
    """The way without its missing nodes, cut at closed gates, where each side ends separately."""
    kind, crossing = walkable.edge_kind(tags), walkable.is_crossing(tags)
    runs = list(runs_inside(nodes, extract.points))
    whole = len(runs) == 1 and len(runs[0]) == len(nodes)
    extract.figures["ways_clipped"] += not whole
    for run in runs:
        for piece in cut_at_gates(extract, run):
            yield Way(piece, kind, crossing, walkable.read_slope(tags))


def runs_inside(nodes: list[int], points: dict[int, Point]) -> Iterator[list[int]]:
    """Runs of two or more nodes that have a point."""
    run: list[int] = []
    for node in [*nodes, None]:
        if node in points:
            run.append(node)
            continue
        if len(run) > 1:
            yield run
        run = []


def cut_at_gates(extract: Extract, run: list[int]) -> Iterator[list[int]]:
    """Replaces a closed node by two new ones at the same point, which no other way shares."""
    piece: list[int] = []
    for number, node in enumerate(run):
        if node not in extract.closed:
            piece.append(node)
            continue
        extract.figures["gates_closed"] += 1
        if piece:
            yield [*piece, copy_node(extract, node)]
        piece = [copy_node(extract, node)] if number < len(run) - 1 else []
    if len(piece) > 1:
        yield piece


def copy_node(extract: Extract, node: int) -> int:
    copy = -1 - len(extract.points)  # a file's own ids may be negative, too
    while copy in extract.points:
        copy -= 1
    extract.points[copy] = extract.points[node]
    return copy


def is_inside(point: Point, box: Box) -> bool:
    west, south, east, north = box
    return west <= point[0] <= east and south <= point[1] <= north


def newer_date(known: dt.date | None, stamp: dt.datetime) -> dt.date | None:
    """The later date, for a file without a date of its own: the newest edit in it counts."""
    if stamp.year <= 1970:
        return known
    return max(known, stamp.date()) if known else stamp.date()


def header_date(path: Path) -> dt.date | None:
    header: Any = osmium.FileProcessor(str(path)).header
    for name in ("osmosis_replication_timestamp", "timestamp"):
        text = header.get(name)
        if text:
            return dt.datetime.fromisoformat(text).date()
    return None
