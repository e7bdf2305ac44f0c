"""Streets and walking times for tests. Nodes stand (east, north) metres from the gate of `make`."""

from collections.abc import Iterable, Mapping
from math import cos, radians
from pathlib import Path
from typing import Any

from django.utils import timezone

from circle.actions import adopt_streets
from circle.models import Building, Community, Facility, FacilityKind, StreetNetwork, WalkRun, WalkTime
from circle.walking import walkable
from circle.walking.build import build_network
from circle.walking.network import Network
from circle.walking.osm import Extract, Way
from tests import make

Metres = tuple[float, float]
Line = tuple[list[int], dict[str, str]]


def at(east: float, north: float) -> tuple[float, float]:
    """Longitude and latitude."""
    longitude = make.GATE[0] + east / make.METRES_PER_DEGREE / cos(radians(make.GATE[1]))
    return round(longitude, 7), round(make.GATE[1] + north / make.METRES_PER_DEGREE, 7)


def streets(
    nodes: Mapping[int, Metres], ways: Iterable[Line], walls: Iterable[list[Metres]] = (), **about: Any
) -> Network:
    """A network of these ways, each a list of nodes and its tags."""
    extract = Extract(points={node: at(*where) for node, where in nodes.items()})
    extract.crossings = about.pop("crossings", set())
    extract.ways = [
        Way(line, walkable.edge_kind(tags), walkable.is_crossing(tags), walkable.read_slope(tags))
        for line, tags in ways
    ]
    extract.barriers = [[at(*where) for where in wall] for wall in walls]
    return build_network(extract, **{"source": "test", "cycleways": False} | about)


def street(*nodes: int, **tags: str) -> Line:
    return list(nodes), {"highway": "residential"} | tags


def grid(columns: int = 4, rows: int = 4, metres: float = 100) -> Network:
    """Streets in squares; node numbers are row × columns + column."""
    nodes = {
        row * columns + column: (column * metres, row * metres)
        for row in range(rows)
        for column in range(columns)
    }
    lines = [street(*(row * columns + column for column in range(columns))) for row in range(rows)]
    lines += [street(*(row * columns + column for row in range(rows))) for column in range(columns)]
    return streets(nodes, lines)


def osm_file(
    path: Path,
    nodes: Mapping[int, Metres],
    ways: Iterable[Line],
    tags: Mapping[int, Mapping[str, str]] | None = None,
    areas: Iterable[Line] = (),
) -> Path:
    """The same as an OpenStreetMap file; a way may name nodes that are not in it, an area names its ways."""

    def marks(values: Mapping[str, str]) -> str:
        return "".join(f'<tag k="{key}" v="{value}"/>' for key, value in values.items())

    lines = ['<osm version="0.6">']
    for node, where in nodes.items():
        longitude, latitude = at(*where)
        inside = marks((tags or {}).get(node, {}))
        lines.append(f'<node id="{node}" version="1" lon="{longitude}" lat="{latitude}">{inside}</node>')
    for number, (line, values) in enumerate(ways, start=1):
        refs = "".join(f'<nd ref="{node}"/>' for node in line)
        stamp = 'version="1" timestamp="2026-03-01T00:00:00Z"'
        lines.append(f'<way id="{number}" {stamp}>{refs}{marks(values)}</way>')
    for number, (line, values) in enumerate(areas, start=1):
        members = "".join(f'<member type="way" ref="{way}" role="outer"/>' for way in line)
        inside = marks({"type": "multipolygon"} | values)
        lines.append(f'<relation id="{number}" version="1">{members}{inside}</relation>')
    path.write_text("\n".join([*lines, "</osm>"]), encoding="utf-8")
    return path


def adopted(network: Network | None = None, **values: Any) -> StreetNetwork:
    """Streets in use: by default squares of 100 m that begin at the gate."""
    defaults = {"community": make.here(), "source": "streets.osm", "at": timezone.now()}
    return adopt_streets(network=network or grid(), **defaults | values)


def network(community: Community, **values: Any) -> StreetNetwork:
    """A row alone, which nobody can search."""
    defaults = {"source": "streets.osm", "filter_version": "1", "crossing_wait_s": 20, "content": b"-"}
    defaults |= {"sha256": "0" * 64, "imported_at": timezone.now()}
    return StreetNetwork.objects.create(community=community, **defaults | values)


def run(kind: FacilityKind, state: str = "published", **values: Any) -> WalkRun:
    defaults = {"community": make.here(), "finished_at": timezone.now()} | values
    if "network" not in defaults:
        here = defaults["community"]
        defaults["network"] = StreetNetwork.objects.current(here) or network(here)
    return WalkRun.objects.create(kind=kind, state=state, **defaults)


def way(
    computed: WalkRun,
    building: Building | None,
    facility: Facility,
    distance_dm: int = 6000,
    wait_s: int = 0,
    **values: Any,
) -> WalkTime:
    """From the building, or from the gate, to the facility."""
    return WalkTime.objects.create(
        run=computed, building=building, facility=facility, distance_dm=distance_dm, wait_s=wait_s, **values
    )
