"""Elder care's part of the header search."""

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from circle.models import Community
from circle.search.site_search import SearchGroup, SearchHit, find_best, rank_of
from eldercare.models import CareKind, SchoolClass

LEAST = 2  # characters: one would find every course


def search_group(community: Community, query: str, limit: int, *, like: bool) -> SearchGroup:
    """The search hook of eldercare: the kinds that are offered."""
    rows = find_best(CareKind.objects.public(community), query, limit, like=like)
    hits = [SearchHit(row.name, row.get_absolute_url(), row.giver) for row in rows]
    hits += [
        SearchHit(row.name, row.get_absolute_url(), _("Senior school"))
        for row in classes_named(community, query)[: max(limit - len(hits), 0)]
    ]
    return SearchGroup("care", _("Elder care"), hits, rank_of(rows, query))


def classes_named(community: Community, query: str) -> list[SchoolClass]:
    """The courses of this and the coming term whose name contains what was typed."""
    if len(query.strip()) < LEAST:
        return []
    named = Q(name_zh__icontains=query.strip()) | Q(name_en__icontains=query.strip())
    return list(SchoolClass.objects.public(community).current(localdate()).filter(named).order_by("pk"))
