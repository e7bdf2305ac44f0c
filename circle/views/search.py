from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from circle import actions
from circle.search.site_pages import search_all
from circle.web.middleware import PortalRequest

QUERY_LENGTH = 60


@require_safe
def search(request: PortalRequest) -> HttpResponse:
    """/search/?q=: the matches of all apps, grouped."""
    query = request.GET.get("q", "").replace("\x00", "").strip()[:QUERY_LENGTH]
    groups = search_all(request.community, query) if query else []
    like = []
    if query and not groups:
        like = search_all(request.community, query, limit=3, like=True)
        actions.note_missed_search(community=request.community, words=query, at=timezone.now())
    return render(request, "circle/search.html", {"query": query, "groups": groups, "like": like})
