from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from circle.models import Community, Notice
from circle.proximity.nearby import Moment
from circle.proximity.used_places import last_places, nearest_of, used_places
from circle.views.circle import circle_for_visitor
from circle.web.middleware import PortalRequest
from circle.web.page_cache import cache_for_a_minute

NOTICES_SHOWN = 4


def other_communities(request: PortalRequest) -> "QuerySet[Community]":
    """For who has no building here. No query where the one that read the community has seen it alone."""
    others = Community.objects.exclude(pk=request.community.pk)
    may_live_there = not request.building and getattr(request.community, "has_others", True)
    return others if may_live_there else others.none()


@require_safe
@cache_for_a_minute
def home(request: PortalRequest) -> HttpResponse:
    at = timezone.localtime()
    around = circle_for_visitor(request, Moment(at))
    visible = Notice.objects.visible(request.community, at).hitting_first(request.building or None, at)
    notices = list(visible[:NOTICES_SHOWN])
    outages = [notice for notice in notices if notice.hits_me]
    elder = request.preferences.is_elder
    context = {
        "canteen": nearest_of(around.places, ("elder_canteen", "canteen") if elder else ("elder_canteen",)),
        "school": nearest_of(around.places, ("elder_school",)) if elder else None,
        "around": around,
        "used": used_places(around.places, last_places(request.user)),
        "notices": [notice for notice in notices if not notice.hits_me],
        "outages": outages,
        "other_communities": other_communities(request),
    }
    response = render(request, "circle/home.html", context)
    if outages and request.building:  # others live where nothing is off
        patch_cache_control(response, private=True, no_store=True)
    return response
