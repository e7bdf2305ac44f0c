"""The street network: edges between junctions, stored as one compact file that the standard library reads.

Lengths are whole decimetres, waits whole seconds and points 1e-7 degrees as in OpenStreetMap, so that every
engine adds up the same numbers.
"""

import hashlib
import io
import json
import sys
import zipfile
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from typing import Any

from circle.walking.minutes import Point, straight_line
from circle.walking.walkable import Kind

DEGREE = 10_000_000
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # fixed, so that the same network gives the same bytes
ARRAYS = {  # name: type code; the order of the file
    "longitudes": "i",
    "latitudes": "i",
    "starts": "i",
    "ends": "i",
    "lengths_dm": "i",
    "waits_s": "H",
    "kinds": "B",
    "shape_firsts": "i",
    "shape_longitudes": "i",
    "shape_latitudes": "i",
    "barrier_firsts": "i",
    "barrier_longitudes": "i",
    "barrier_latitudes": "i",
}


class DamagedNetworkError(Exception):
    """The bytes are no street network."""


INTS, SHORTS, BYTES = (partial(array, code) for code in "iHB")


@dataclass
class Network:
    """Junctions, the edges between them with the points in between, and the barriers beside them."""

    longitudes: "array[int]" = field(default_factory=INTS)
    latitudes: "array[int]" = field(default_factory=INTS)
    starts: "array[int]" = field(default_factory=INTS)
    ends: "array[int]" = field(default_factory=INTS)
    lengths_dm: "array[int]" = field(default_factory=INTS)
    waits_s: "array[int]" = field(default_factory=SHORTS)
    kinds: "array[int]" = field(default_factory=BYTES)
    # Points in between: of edge e from shape_firsts[e] to before shape_firsts[e + 1]; barriers alike.
    shape_firsts: "array[int]" = field(default_factory=INTS)
    shape_longitudes: "array[int]" = field(default_factory=INTS)
    shape_latitudes: "array[int]" = field(default_factory=INTS)
    barrier_firsts: "array[int]" = field(default_factory=INTS)
    barrier_longitudes: "array[int]" = field(default_factory=INTS)
    barrier_latitudes: "array[int]" = field(default_factory=INTS)
    about: dict[str, Any] = field(default_factory=dict)  # source, dates, filter, settings, figures

    @property
    def nodes(self) -> int:
        return len(self.longitudes)

    @property
    def edges(self) -> int:
        return len(self.starts)

    @property
    def has_stairs(self) -> bool:
        stairs = int(Kind.STAIRS)
        return any(kind & stairs for kind in self.kinds)

    def point(self, node: int) -> Point:
        return self.longitudes[node] / DEGREE, self.latitudes[node] / DEGREE

    def line(self, edge: int) -> list[Point]:
        """All points of an edge, its two junctions included."""
        run = range(self.shape_firsts[edge], self.shape_firsts[edge + 1])
        between = [(self.shape_longitudes[n] / DEGREE, self.shape_latitudes[n] / DEGREE) for n in run]
        return [self.point(self.starts[edge]), *between, self.point(self.ends[edge])]

    def metres(self, edge: int) -> float:
        """The unrounded length, without the addition for a slope."""
        return line_metres(self.line(edge))

    def barriers(self) -> Iterator[list[Point]]:
        for first, last in pairwise(self.barrier_firsts):
            yield [
                (self.barrier_longitudes[n] / DEGREE, self.barrier_latitudes[n] / DEGREE)
                for n in range(first, last)
            ]

    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        east, north = self.longitudes, self.latitudes
        return min(east) / DEGREE, min(north) / DEGREE, max(east) / DEGREE, max(north) / DEGREE

    def to_bytes(self) -> bytes:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
            write_entry(
                archive, "about.json", json.dumps(self.about, sort_keys=True, ensure_ascii=False).encode()
            )
            for name in ARRAYS:
                write_entry(archive, f"{name}.bin", little_endian(getattr(self, name)).tobytes())
        return made.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> "Network":
        """Raises DamagedNetworkError."""
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                network = cls(about=json.loads(archive.read("about.json")))
                for name, code in ARRAYS.items():
                    values = array(code)
                    values.frombytes(archive.read(f"{name}.bin"))
                    setattr(network, name, little_endian(values))
        except (zipfile.BadZipFile, KeyError, ValueError) as error:
            raise DamagedNetworkError(str(error)) from error
        return network


def content_sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def write_entry(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    archive.writestr(zipfile.ZipInfo(name, LONG_AGO), content, zipfile.ZIP_DEFLATED, 9)


def little_endian(values: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        values = values[:]
        values.byteswap()
    return values


def line_metres(line: list[Point]) -> float:
    return sum(straight_line(start, end) for start, end in pairwise(line))
