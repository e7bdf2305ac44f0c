"""Points of an import, each refused with a sentence where it cannot be right."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from circle.importing.readers import Row
from circle.importing.values import read_degrees
from circle.models import Community, Located
from circle.proximity.street_cache import likely_datum, streets_of
from circle.walking.datum import is_in_china, to_wgs84
from circle.walking.doors import FARTHEST_M


class PointReader:
    """Reads the point of a row and refuses implausible ones."""

    def __init__(self, community: Community, datum: str, *, off_street: bool = False) -> None:
        self.community, self.datum = community, datum
        self.streets = None if off_street else streets_of(community)

    def columns(self, row: Row) -> dict[str, Any]:
        """`Located` columns. Refuses: not_a_number, swapped, outside_china, wrong_datum, off_street."""
        longitude, latitude = read_degrees(row, "longitude"), read_degrees(row, "latitude")
        entered = (float(longitude), float(latitude))
        if not is_in_china(entered):
            self.refuse_place(entered)
        east, north = to_wgs84(entered, self.datum)
        self.refuse_far(entered, (east, north))
        return {
            "longitude": Decimal(f"{east:.6f}"),
            "latitude": Decimal(f"{north:.6f}"),
            "datum_entered": self.datum,
            "longitude_entered": longitude,
            "latitude_entered": latitude,
        }

    def refuse_place(self, entered: tuple[float, float]) -> None:
        if is_in_china((entered[1], entered[0])):
            raise ValidationError(_("Longitude and latitude are swapped."), code="swapped")
        raise ValidationError(_("This point lies outside China."), code="outside_china")

    def refuse_far(self, entered: tuple[float, float], point: tuple[float, float]) -> None:
        if not self.streets or self.streets.doors.door(point):
            return
        other = likely_datum(self.community, entered, self.datum)
        if other:
            raise ValidationError(
                _("This point is far from any street; read as %(datum)s it lies beside one."),
                code="wrong_datum",
                params={"datum": Located.Datum(other).label},
            )
        raise ValidationError(
            _("The nearest street is more than %(metres)s m away."),
            code="off_street",
            params={"metres": FARTHEST_M},
        )
