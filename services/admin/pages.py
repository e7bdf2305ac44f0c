"""What the pages of the desk share: whose hall it is, and the frame of the back office around them."""

import datetime as dt
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from circle.backoffice.frames import page_in
from circle.backoffice.post_permissions import (
    communities_with_permission,
    require_permissions,
    within_reach,
)
from circle.booking.days import parse_day
from circle.models import Facility
from services.models import Booking

LATELY = dt.timedelta(days=30)


def may(request: HttpRequest, permission: str, facility: Facility) -> bool:
    """Whether this user's posts allow that at this place: what cannot be done is not offered."""
    communities = communities_with_permission(request, permission)
    return communities is None or facility.community_id in communities


def halls(request: HttpRequest, permission: str) -> Any:
    """The places with counters where this user's posts allow that; first those with bookings of late."""
    found = Facility.objects.filter(within_reach(request, permission), counters__is_active=True)
    since = timezone.localdate() - LATELY
    booked = Booking.objects.filter(slot__counter__facility=OuterRef("pk"), day__gte=since)
    found = found.annotate(is_booked=Exists(booked)).select_related("community").distinct()
    return found.order_by("community", "-is_booked", "code")


def hall(request: HttpRequest, code: str, *permissions: str) -> Facility:
    """By its poster code: the short name in addresses may be taken in another community as well."""
    require_permissions(request, *permissions)
    found = Facility.objects.select_related("community")
    for permission in permissions:
        found = found.filter(within_reach(request, permission))
    return get_object_or_404(found, short_code=code)


def choose_hall(request: HttpRequest, permission: str, title: str, url: str) -> HttpResponse:
    """The halls as links, `%s` in `url` being the place's code; the only one is opened at once."""
    rows = [(each, url % each.short_code) for each in halls(request, permission)]
    if len(rows) == 1:
        return redirect(rows[0][1])
    return page(request, "choose_hall.html", title, rows=rows)


def day_of(text: str) -> dt.date:
    """The day as an address names it; today where it names none of our time."""
    named = parse_day(text)
    return named if named and 2000 <= named.year <= 2100 else timezone.localdate()


page = page_in("services")
