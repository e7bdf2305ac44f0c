"""The circle on a map: Leaflet over our own streets, drawn from the table on the same page."""

import re
from typing import Any
from urllib.parse import urlsplit

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from circle.forms import PACE_LABELS, CircleForm
from circle.models import StreetNetwork
from circle.views.circle import circle_for_visitor
from circle.web.middleware import PortalRequest
from circle.web.page_cache import cache_for_a_minute


@require_safe
@cache_for_a_minute
def circle_map(request: PortalRequest) -> HttpResponse:
    """/circle/map/: the same places as /circle/, on a map and in a table."""
    form = CircleForm.from_query(request.GET)
    moment = form.moment(timezone.localtime())
    around = circle_for_visitor(request, moment, **form.narrowed())
    context = {
        "around": around,
        "form": form,
        "paces": PACE_LABELS,
        "moment": moment,
        "streets": StreetNetwork.objects.current(request.community),
        "tiles": tile_settings(),
    }
    drawn: HttpResponse = allow_tiles(render)(request, "circle/circle_map.html", context)
    return drawn


def tile_settings() -> dict[str, str]:
    """The tile settings with the legal credits of a public map; empty where no tiles are set."""
    if not settings.MAP_TILE_URL:
        return {}
    return {
        "url": settings.MAP_TILE_URL,
        "attribution": settings.MAP_TILE_ATTRIBUTION,
        "approval": settings.MAP_APPROVAL_NUMBER,
    }


def allow_tiles(view: Any) -> Any:
    """Allow pictures from the tiles' host in the CSP, on map pages only and only where tiles are set."""
    if not settings.MAP_TILE_URL:
        return view
    host = re.sub(r"^[^.]*{s}[^.]*", "*", urlsplit(settings.MAP_TILE_URL).netloc)
    return csp_update({"img-src": [f"https://{host}"]})(view)
