"""A closure as a picture to share."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from circle.models import Closure, Facility
from circle.notifications import share_of_closure
from circle.notifications.sharing import picture_response
from circle.web.middleware import PortalRequest
from circle.web.page_cache import cache_for_a_minute


def next_closure(facility: Facility) -> Closure | None:
    """The closure in force or the next one, of a facility loaded by `with_timetable`."""
    today = timezone.localdate()
    known: list[Closure] = getattr(facility, "current_closures", [])
    return next((each for each in known if (each.ends_on or today) >= today), None)


@require_safe
@cache_for_a_minute
def closure_picture(request: PortalRequest, code: str) -> HttpResponse:
    """/circle/<facility>/closure.png: for the WeChat group."""
    rows = (
        Facility.objects.public(request.community)
        .select_related("community")
        .with_timetable(timezone.localtime())
    )
    facility = get_object_or_404(rows, code=code)
    closure = next_closure(facility)
    if closure is None:
        raise Http404
    return picture_response(share_of_closure(closure, request.build_absolute_uri))
