from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from circle.privacy.purposes import all_purposes, purposes_with_rules
from circle.web.middleware import PortalRequest
from circle.web.page_cache import cache_for_a_minute


@require_safe
@cache_for_a_minute
def help_page(request: PortalRequest) -> HttpResponse:
    return render(request, "circle/help.html")


@require_safe
@cache_for_a_minute
def privacy(request: PortalRequest) -> HttpResponse:
    """/privacy/: rendered from the table that consents and retention use, so that they cannot differ."""
    rows = purposes_with_rules(all_purposes(), timezone.localdate())
    return render(request, "circle/privacy.html", {"rows": rows})


@require_safe
@cache_for_a_minute
def accessibility(request: PortalRequest) -> HttpResponse:
    return render(request, "circle/accessibility.html")
