from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from circle.models import Signpost
from circle.proximity.nearby import Moment
from circle.proximity.other_offices import office_hours
from circle.web.middleware import PortalRequest
from circle.web.page_cache import cache_for_a_minute


@require_safe
@cache_for_a_minute
def signposts(request: PortalRequest) -> HttpResponse:
    """/signposts/: what the community does not do, and who does."""
    moment = Moment(timezone.localtime())
    rows = Signpost.objects.public(request.community).prefetch_related("opening_hours")
    offices = [(row, office_hours(row, moment)) for row in rows]
    return render(request, "circle/signposts.html", {"offices": offices})


@require_safe
@cache_for_a_minute
def signpost(request: PortalRequest, slug: str) -> HttpResponse:
    """/signposts/<matter>/: who does it, where, when, by which number."""
    rows = Signpost.objects.public(request.community).prefetch_related("opening_hours")
    found = get_object_or_404(rows, slug=slug)
    hours = office_hours(found, Moment(timezone.localtime()))
    return render(request, "circle/signpost.html", {"signpost": found, "hours": hours, "week": hours.week})
