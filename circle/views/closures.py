"""A closure as neighbours pass it on."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from circle.caching import kept_for_a_minute
from circle.middleware import Visit
from circle.models import Closure, Facility
from circle.sharing import Share, picture_response


def share_of_closure(request: Visit, facility: Facility, closure: Closure) -> Share:
    days = {"first": date_format(closure.starts_on, "MONTH_DAY_FORMAT")}
    if closure.ends_on:
        days["last"] = date_format(closure.ends_on, "MONTH_DAY_FORMAT")
        when = _("From %(first)s to %(last)s, both days included") % days
    else:
        when = _("From %(first)s until further notice") % days
    if closure.ends_on == closure.starts_on:
        when = days["first"]
    return Share(
        community=request.community.name,
        title=_("%(place)s is closed") % {"place": facility.name},
        when=when,
        text=closure.reason,
        url=request.build_absolute_uri(reverse("short_link", args=[facility.short_code])),
        note=_("Demo, not a real notice") if request.community.is_demo else "",
    )


def next_closure(facility: Facility) -> Closure | None:
    """The one that holds or comes next, of a facility read with its timetable."""
    today = timezone.localdate()
    known: list[Closure] = getattr(facility, "current_closures", [])
    return next((each for each in known if (each.ends_on or today) >= today), None)


@require_safe
@kept_for_a_minute
def closure_picture(request: Visit, code: str) -> HttpResponse:
    """/circle/<facility>/closure.png: for the WeChat group."""
    rows = Facility.objects.public(request.community).with_timetable(timezone.localtime())
    facility = get_object_or_404(rows, code=code)
    closure = next_closure(facility)
    if closure is None:
        raise Http404
    return picture_response(share_of_closure(request, facility, closure))
