from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from circle.calendar.duty_hours import duty_hours
from circle.web.middleware import PortalRequest
from circle.web.page_cache import cache_for_a_minute
from eldercare.models import CareKind


@require_safe
@cache_for_a_minute
def eldercare(request: PortalRequest) -> HttpResponse:
    """/eldercare/: the eight kinds as large tiles, the emergency number first."""
    kinds = CareKind.objects.public(request.community)
    return render(request, "eldercare/eldercare.html", {"kinds": kinds})


@require_safe
@cache_for_a_minute
def care_kind(request: PortalRequest, code: str) -> HttpResponse:
    """/eldercare/<kind>/: what it is, who gives it, where, how long, what it costs, and how to ask for it."""
    kind = get_object_or_404(CareKind.objects.public(request.community), code=code)
    return render(request, "eldercare/care_kind.html", {"kind": kind, "hours": duty_hours(timezone.now())})
