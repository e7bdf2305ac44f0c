from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from circle import actions
from circle.proximity.listed import place_states
from circle.proximity.other_offices import office_sentences
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
    has_places = any(hit.facility_id for group in groups for hit in group.hits)
    pace = request.preferences.walking_pace
    near = place_states(request.community, request.building or None, pace) if has_places else {}
    signposts = [hit.signpost_id for group in groups for hit in group.hits if hit.signpost_id]
    offices = office_sentences(signposts, timezone.localtime()) if signposts else {}
    context = {"query": query, "groups": groups, "like": like, "near": near, "offices": offices}
    return render(request, "circle/search.html", context)
