from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from circle.forms.paper import paper_forms
from circle.images.qr_codes import qr_data_uri
from circle.web.middleware import PortalRequest
from circle.web.page_cache import cache_for_a_minute


@require_safe
@cache_for_a_minute
def papers(request: PortalRequest) -> HttpResponse:
    """/paper/: every form that a resident can fill in, to print."""
    return render(request, "circle/papers.html", {"papers": paper_forms(request.community).values()})


@require_safe
@cache_for_a_minute
def paper(request: PortalRequest, key: str) -> HttpResponse:
    """/paper/<form>/: on A4, with a QR code that brings the clerk to the page where it is typed in."""
    found = paper_forms(request.community).get(key)
    if found is None:
        raise Http404
    url = request.build_absolute_uri(reverse(found.entry))
    context = {"paper": found, "url": url, "qr": qr_data_uri(url), "now": timezone.localtime()}
    return render(request, "circle/paper.html", context)
