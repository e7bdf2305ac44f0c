from collections.abc import Iterable
from typing import Any

from django import template
from django.utils import timezone

from circle.models import Community, Facility, User
from circle.proximity.nearby import NearbyFacility
from services.models import Booking, ServiceItem
from services.models.sessions import coming_sessions

register = template.Library()

NEWEST_SHOWN = 6
ON_HOME_SHOWN = 6
LIVE_SHOWN, OVER_SHOWN = 20, 5
SESSIONS_SHOWN = 6


@register.inclusion_tag("services/_newest.html")
def newest_items(community: Community) -> dict[str, Any]:
    """The items that came into the catalogue last."""
    items = ServiceItem.objects.public(community).offered(timezone.localdate())
    return {"items": items.order_by("-introduced_on", "code")[:NEWEST_SHOWN]}


@register.inclusion_tag("services/_on_home.html")
def items_to_book(community: Community) -> dict[str, Any]:
    """What staff have put on the home page, in the order of the catalogue."""
    items = ServiceItem.objects.public(community).offered(timezone.localdate()).bookable()
    return {"items": items.filter(is_on_home=True)[:ON_HOME_SHOWN]}


@register.inclusion_tag("services/_items_at.html")
def items_at(facility: Facility) -> dict[str, Any]:
    """What can be done at this place; many items are folded by theme."""
    items = ServiceItem.objects.public(facility.community).offered(timezone.localdate())
    return {"items": items.filter(facility=facility).select_related("category")}


@register.inclusion_tag("services/_item_links.html")
def items_of(community: Community, dimension: str) -> dict[str, Any]:
    """The items of one dimension, for the pages of the other apps."""
    items = ServiceItem.objects.public(community).offered(timezone.localdate()).filter(dimension=dimension)
    return {"items": items}


@register.inclusion_tag("services/_sessions.html")
def sessions(places: Iterable[NearbyFacility], shown: int = SESSIONS_SHOWN) -> dict[str, Any]:
    """What takes place there without booking at the moment for which these places are shown: now or next."""
    found, listed = [], list(places)
    if listed:
        moment = listed[0].moment
        found = coming_sessions([place.facility for place in listed], moment.calendar, moment.at)
    return {"sessions": found[:shown], "is_one_place": len(listed) == 1}


@register.inclusion_tag("services/_sessions.html")
def sessions_at(place: NearbyFacility) -> dict[str, Any]:
    """The same at this place alone."""
    return sessions([place])


@register.inclusion_tag("services/_my_bookings.html")
def my_bookings(user: User) -> dict[str, Any]:
    """Of this login's people: those to come first, then the latest of those that are over."""
    mine = Booking.objects.mine(user).shown().with_stranded(timezone.now())
    live = mine.live().order_by("day", "slot__starts_at")
    over = mine.over().latest_first()
    return {"bookings": live[:LIVE_SHOWN], "past": over[:OVER_SHOWN]}
