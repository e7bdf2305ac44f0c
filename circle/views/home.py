from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
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
    notices = Notice.objects.visible(request.community, at)[:NOTICES_SHOWN]
    elder = request.preferences.is_elder
    context = {
        "canteen": nearest_of(around.places, ("elder_canteen", "canteen")) if elder else None,
        "school": nearest_of(around.places, ("elder_school",)) if elder else None,
        "around": around,
        "used": used_places(around.places, last_places(request.user)),
        "notices": notices,
        "other_communities": other_communities(request),
    }
    return render(request, "circle/home.html", context)
