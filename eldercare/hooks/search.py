"""Elder care's part of the header search."""

from django.utils.translation import gettext as _

from circle.models import Community
from circle.search.site_search import SearchGroup, SearchHit, find_best, rank_of
from eldercare.models import CareKind


def search_group(community: Community, query: str, limit: int, *, like: bool) -> SearchGroup:
    """The search hook of eldercare: the kinds that are offered."""
    rows = find_best(CareKind.objects.public(community), query, limit, like=like)
    hits = [SearchHit(row.name, row.get_absolute_url(), row.giver) for row in rows]
    return SearchGroup("care", _("Elder care"), hits, rank_of(rows, query))
