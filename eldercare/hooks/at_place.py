"""What elder care offers at a place: the hook `at_place`."""

import datetime as dt

from circle.models import Facility
from circle.proximity.place_offers import PlaceOffer, PlaceSource
from eldercare.models import CareKind


def offers_at(facility: Facility, at: dt.datetime) -> list[PlaceOffer]:
    """The kinds that are given there or from there, with their prices."""
    kinds = CareKind.objects.public(facility.community).filter(facility=facility)
    return [PlaceOffer(kind.name, kind.get_absolute_url(), kind.price) for kind in kinds]


def place_source() -> PlaceSource:
    return PlaceSource(lambda: CareKind.objects.filter(is_active=True), offers_at)
