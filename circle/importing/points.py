"""Points of an import, each refused with a sentence where it cannot be right, and the datum of them all."""

import re
from collections.abc import Collection, Sequence
from decimal import Decimal
from statistics import median
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from circle.importing.faults import CellError
from circle.importing.values import Row, degrees_of, read_degrees
from circle.models import Community, Located
from circle.proximity.street_cache import likely_datum, streets_of
from circle.walking.datum import is_in_china, to_wgs84
from circle.walking.doors import FARTHEST_M
from circle.walking.minutes import Point, straight_line

FAR_AWAY_M = 50_000  # from the community's gate: no place of its circle
FEWEST = 5  # rows that a judgement on the datum of the whole file needs
MOST = 200  # are enough for it
CLEARLY_NEARER = 0.7  # share of the median distance to a street, under another datum


class PointReader:
    """Reads the point of a row and refuses implausible ones. `off_street`: codes that may lie anywhere."""

    def __init__(self, community: Community, datum: str, *, off_street: Collection[str] = ()) -> None:
        self.community, self.datum, self.off_street = community, datum, set(off_street)
        self.streets = streets_of(community)

    def columns(self, row: Row) -> dict[str, Any]:
        """`Located` columns.

        Refuses: not_a_number, swapped, outside_china, far_away, wrong_datum, off_street.
        """
        longitude, latitude = read_degrees(row, "longitude"), read_degrees(row, "latitude")
        entered = (float(longitude), float(latitude))
        self.refuse_place(entered)
        east, north = to_wgs84(entered, self.datum)
        if row["code"] not in self.off_street:
            self.refuse_far(entered, (east, north))
        return {
            "longitude": Decimal(f"{east:.6f}"),
            "latitude": Decimal(f"{north:.6f}"),
            "datum_entered": self.datum,
            "longitude_entered": longitude,
            "latitude_entered": latitude,
        }

    def path(self, row: Row) -> list[list[float]]:
        """The points of `own_path`. Refuses: not_a_number, not_a_path, far_away."""
        points = []
        for piece in filter(None, re.split(r"\s*[;；]\s*", row["own_path"])):
            parts = re.split(r"[,，\s]+", piece.strip())
            if len(parts) != 2:
                sentence = _("“%(text)s” is no point of a path.")
                remedy = _("Write longitude and latitude of each point, with a semicolon between points.")
                raise CellError("own_path", piece, sentence, "not_a_path", remedy)
            entered = (float(degrees_of("own_path", parts[0])), float(degrees_of("own_path", parts[1])))
            self.refuse_place(entered)
            points.append([round(degrees, 6) for degrees in to_wgs84(entered, self.datum)])
        return points

    def refuse_place(self, entered: Point) -> None:
        swapped = entered[::-1]
        if self.is_near_gate(entered):
            return
        text = point_text(entered)
        if self.is_near_gate(swapped):
            sentence = _("Longitude and latitude are swapped.")
            raise CellError("longitude", text, sentence, "swapped", _("Exchange the two columns."))
        if self.datum != Located.Datum.WGS84 and not is_in_china(entered):
            sentence = _("This point lies outside China, where that datum is not used.")
            raise CellError("longitude", text, sentence, "outside_china", _("Check the point and the datum."))
        sentence = _("This point lies %(km)s km from the community’s gate.")
        km = round(straight_line(self.community.point, (entered[0], min(max(entered[1], -90), 90))) / 1000)
        raise CellError("longitude", text, sentence, "far_away", _("Check the point."), km=km)

    def is_near_gate(self, point: Point) -> bool:
        if abs(point[1]) > 85 or (self.datum != Located.Datum.WGS84 and not is_in_china(point)):
            return False
        return straight_line(self.community.point, point) <= FAR_AWAY_M

    def refuse_far(self, entered: Point, point: Point) -> None:
        if not self.streets or self.streets.doors.door(point):
            return
        text = point_text(entered)
        other = likely_datum(self.community, entered, self.datum)
        if other:
            sentence = _("This point is far from any street; read as %(datum)s it lies beside one.")
            remedy = _("Import the rows of that map by themselves, with its datum.")
            label = Located.Datum(other).label
            raise CellError("longitude", text, sentence, "wrong_datum", remedy, datum=label)
        sentence = _("The nearest street is more than %(metres)s m away.")
        remedy = _("Check the point; if it is right, excuse this code with --off-street.")
        raise CellError("longitude", text, sentence, "off_street", remedy, metres=FARTHEST_M)

    def judge_datum(self, rows: Sequence[Row]) -> list[str]:
        """The median distance to the streets under each datum, as a remark.

        Refuses: wrong_datum_of_file, where another one lies clearly nearer than the one given.
        """
        points = [point for row in rows if (point := point_of(row)) and self.is_near_gate(point)]
        if not self.streets or len(points) < FEWEST:
            return []
        points = points[:: -(-len(points) // MOST)]
        metres = {datum: self.median_metres(points, datum) for datum in Located.Datum.values}
        listed = ", ".join(
            f"{Located.Datum(datum).label}: {middle:.0f} m" for datum, middle in metres.items()
        )
        best = min(metres, key=lambda datum: metres[datum])
        if best != self.datum and metres[best] < CLEARLY_NEARER * metres[self.datum]:
            sentence = _(
                "Read as %(given)s, the points lie further from the streets than as %(datum)s (half of them "
                "within %(listed)s). Import the file with that datum, or with --trust-datum if it is right."
            )
            labels = {"given": Located.Datum(self.datum).label, "datum": Located.Datum(best).label}
            raise ValidationError(sentence, code="wrong_datum_of_file", params=labels | {"listed": listed})
        return [_("Half of the points lie this near to a street, by datum: %s.") % listed]

    def median_metres(self, points: Sequence[Point], datum: str) -> float:
        """Farther ones count as 300 m, and so does a point where this datum cannot be."""
        assert self.streets  # noqa: S101 - tells the type checker
        nearest = self.streets.doors.metres_to_street
        return median(min(nearest(to_wgs84(point, datum)), FARTHEST_M) for point in points)


def point_of(row: Row) -> Point | None:
    try:
        return float(read_degrees(row, "longitude")), float(read_degrees(row, "latitude"))
    except ValidationError:
        return None


def point_text(point: Point) -> str:
    return f"{round(point[0], 6)}, {round(point[1], 6)}"
