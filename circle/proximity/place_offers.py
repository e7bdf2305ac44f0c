"""What the apps offer at a place, for its page."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from circle.hooks import hook_functions
from circle.models import Facility


@dataclass(frozen=True)
class PlaceOffer:
    """`note`: in one line what stands behind the link, such as the places left."""

    title: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class PlaceSource:
    """`rows`: of an app, with the column `facility`; only where there are some is `offers` asked."""

    rows: Callable[[], "QuerySet[Any]"]
    offers: Callable[[Facility, dt.datetime], list[PlaceOffer]]


def place_sources() -> dict[str, PlaceSource]:
    """Of all apps, by the name under which `with_offers` notes whether it has any."""
    return {f"offers_{n}": source() for n, source in enumerate(hook_functions("at_place"))}


def with_offers(facilities: Any) -> Any:
    """Each row notes which apps offer something there, in the query that reads it."""
    notes = {
        name: Exists(source.rows().filter(facility=OuterRef("pk")))
        for name, source in place_sources().items()
    }
    return facilities.annotate(**notes)


def offers_at(facility: Facility, at: dt.datetime) -> list[PlaceOffer]:
    """Of a row of `with_offers`."""
    asked = [source for name, source in place_sources().items() if getattr(facility, name)]
    return [offer for source in asked for offer in source.offers(facility, at)]
