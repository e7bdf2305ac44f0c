"""Choosing one's building: from a list, by search, from a poster, or by the phone's location."""

import datetime as dt
import re

from django.db.models.functions import Length
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from circle.images.qr_codes import qr_data_uri
from circle.models import Building
from circle.proximity.nearby import Moment
from circle.views.circle import circle_from_origin
from circle.web.middleware import PortalRequest
from circle.web.page_cache import cache_for_a_minute


@require_safe
@cache_for_a_minute
def choose_building(request: PortalRequest) -> HttpResponse:
    """/circle/building/: every building by its grid; ?q= searches all communities."""
    query = request.GET.get("q", "").strip()[:60]
    public = Building.objects.select_related("grid", "community")
    found = public.named(query) if query else public.filter(community=request.community)
    found = found.order_by("community", "grid__code", Length("code"), "code")
    # who types 3 means building 3 before 13 and 23
    exact = [building for building in found if query in re.findall(r"\d+", building.name_zh)]
    context = {"query": query, "buildings": found, "exact": exact if query.isdecimal() else []}
    return render(request, "circle/choose_building.html", context)


@require_safe
@cache_for_a_minute
def building_poster(request: PortalRequest, code: str) -> HttpResponse:
    """/circle/building/<code>/poster/: one A4 page for the hallway: the ring, the stops, and a QR code."""
    building = get_object_or_404(Building.objects.select_related("community"), short_code=code.upper())
    now = timezone.localtime()
    url = request.build_absolute_uri(reverse("short_link", args=[building.short_code]))
    context = {
        "home": building,
        "around": circle_from_origin(building.community, building, "elder", paper_moment(now)),
        "url": url,
        "qr": qr_data_uri(url),
        "at": now,
    }
    return render(request, "circle/building_poster.html", context)


def paper_moment(now: dt.datetime) -> Moment:
    """An ordinary morning, since a poster in a hallway must not show the evening of its printing."""
    wednesday = now + dt.timedelta(days=(2 - now.weekday()) % 7)
    return Moment(wednesday.replace(hour=10, minute=0, second=0, microsecond=0), is_chosen=True)
