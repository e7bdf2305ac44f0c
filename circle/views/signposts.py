from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from circle.models import Signpost
from circle.web.middleware import PortalRequest
from circle.web.page_cache import cache_for_a_minute


@require_safe
@cache_for_a_minute
def signposts(request: PortalRequest) -> HttpResponse:
    """/signposts/: what the community does not do, and who does."""
    return render(request, "circle/signposts.html", {"rows": Signpost.objects.public(request.community)})


@require_safe
@cache_for_a_minute
def signpost(request: PortalRequest, slug: str) -> HttpResponse:
    """/signposts/<matter>/: who does it, where, when, by which number."""
    found = get_object_or_404(Signpost.objects.public(request.community), slug=slug)
    return render(request, "circle/signpost.html", {"signpost": found})
