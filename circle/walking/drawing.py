"""The street network as GeoJSON lines for the map."""

from typing import Any

from circle.walking.minutes import Point
from circle.walking.network import Network
from circle.walking.walkable import Kind

DIGITS = 5  # decimals of a degree: one metre, at half the bytes of the full precision
Line = list[list[float]]


def network_geojson(network: Network) -> dict[str, Any]:
    """Three features: walls, streets and stairs; points are (longitude, latitude)."""
    stairs = {edge for edge in range(network.edges) if network.kinds[edge] & Kind.STAIRS}
    level = [edge for edge in range(network.edges) if edge not in stairs]
    lines = {
        "wall": [round_line(line) for line in network.barriers()],
        "street": [round_line(network.line(edge)) for edge in level],
        "stairs": [round_line(network.line(edge)) for edge in sorted(stairs)],
    }
    return line_collection(lines)


def line_collection(lines: dict[str, list[Line]]) -> dict[str, Any]:
    """One feature for each kind of line."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"kind": kind},
                "geometry": {"type": "MultiLineString", "coordinates": join_lines(drawn)},
            }
            for kind, drawn in lines.items()
        ],
    }


def round_line(line: list[Point]) -> Line:
    return [[round(longitude, DIGITS), round(latitude, DIGITS)] for longitude, latitude in line]


def join_lines(lines: list[Line]) -> list[Line]:
    """Joins consecutive pieces into one line, since a street comes cut at each of its corners."""
    drawn: list[Line] = []
    for line in lines:
        if drawn and drawn[-1][-1] == line[0]:
            drawn[-1] += line[1:]
        else:
            drawn.append(line)
    return drawn
