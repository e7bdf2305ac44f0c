"""The places that people go to in an ordinary week, for the home page: open or not."""

from collections.abc import Iterable

from circle.hooks import hook_functions
from circle.models import User
from circle.proximity.nearby import NearbyFacility

SHOWN = 6
# Of each row the nearest place; what stands first in it is preferred.
KINDS_PEOPLE_USE = (
    ("service_hall",),
    ("elder_canteen", "canteen"),
    ("health_station", "health_centre", "outpatient"),
    ("elder_service_station", "elder_day_care"),
    ("pharmacy",),
    ("wet_market", "fresh_shop", "supermarket"),
    ("nursery",),
    ("community_station",),
    ("parcel",),
    ("culture_centre", "culture_station"),
)


def used_places(places: Iterable[NearbyFacility], mine: Iterable[int] = ()) -> list[NearbyFacility]:
    """Six of `places` (nearest first): where this person was last, then the nearest of each kind in use."""
    reachable = [near for near in places if near.is_reachable]
    by_id = {near.facility.pk: near for near in reachable}
    found = {pk: by_id[pk] for pk in mine if pk in by_id}
    for kinds in KINDS_PEOPLE_USE:
        if near := nearest_of(reachable, kinds):
            found.setdefault(near.facility.pk, near)
    return list(found.values())[:SHOWN]


def nearest_of(places: list[NearbyFacility], kinds: tuple[str, ...]) -> NearbyFacility | None:
    matching = (near for kind in kinds for near in places if near.facility.kind.code == kind)
    return next(matching, None)


def last_places(user: object) -> list[int]:
    """Ids of the places where matters of this login took place last; none of who is not signed in."""
    if not isinstance(user, User):
        return []
    return [place for offered in hook_functions("last_places") for place in offered(user)]
