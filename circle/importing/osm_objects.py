"""Places, buildings and estates of an OpenStreetMap file, as plain objects. For commands: imports osmium."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import osmium

from circle.importing.osm_kinds import Tags, kind_table
from circle.importing.shapes import outline_of
from circle.walking.minutes import Point
from circle.walking.osm import Box, UnreadableStreetsError, is_inside


@dataclass(frozen=True)
class MapObject:
    code: str  # such as n17: a node, way or relation with its number
    point: Point
    tags: Tags
    area_m2: float = 0
    outline: tuple[Point, ...] = ()


@dataclass
class MapObjects:
    homes: list[MapObject] = field(default_factory=list)
    places: list[tuple[str, MapObject]] = field(default_factory=list)  # with the code of the kind
    estates: list[MapObject] = field(default_factory=list)
    others: list[tuple[str, MapObject]] = field(default_factory=list)  # with the tag that says what it is


def read_objects(path: Path, box: Box | None = None) -> MapObjects:
    """Refuses (UnreadableStreetsError): not_osm."""
    found, table = MapObjects(), kind_table()
    try:
        for each in all_objects(path):
            if each.tags.get("landuse") == "residential" and "name" in each.tags:
                found.estates.append(each)
            if box and not is_inside(each.point, box):
                continue
            kind, other = table.kind_of(each.tags, each.area_m2), table.describe_other(each.tags)
            if kind:
                found.places.append((kind, each))
            elif other:
                found.others.append((other, each))
            if each.area_m2 and table.is_home(each.tags):
                found.homes.append(each)
    except (RuntimeError, ValueError, osmium.InvalidLocationError) as error:
        raise UnreadableStreetsError("not_osm", str(error)) from error
    return found


def all_objects(path: Path) -> Iterator[MapObject]:
    """Nodes with tags, and closed shapes; of a shape cut off at the edge the corners that are there."""
    objects: Iterator[Any] = iter(osmium.FileProcessor(str(path)).with_locations().with_areas())
    for each in objects:
        if each.is_node() and len(each.tags) and each.location.valid():
            yield MapObject(f"n{each.id}", (each.location.lon, each.location.lat), dict(each.tags))
        elif each.is_area():
            rings = [[(node.lon, node.lat) for node in ring] for ring in each.outer_rings()]
            shape = max(rings, key=lambda ring: outline_of(ring)[1], default=[])
            if shape:
                middle, area = outline_of(shape)
                code = f"{'w' if each.from_way() else 'r'}{each.orig_id()}"
                yield MapObject(code, middle, dict(each.tags), area, tuple(shape))


def is_within(point: Point, outline: tuple[Point, ...]) -> bool:
    """Whether a ray from the point crosses the outline an odd number of times."""
    inside = False
    for (east, north), (next_east, next_north) in zip(outline, outline[1:] + outline[:1], strict=True):
        if (north > point[1]) != (next_north > point[1]):
            crossing = east + (point[1] - north) / (next_north - north) * (next_east - east)
            inside ^= point[0] < crossing
    return inside
