"""What the community does not do, as search results: who does it, and the number."""

from django.utils.translation import gettext as _

from circle import text_matching
from circle.models import Community, Signpost
from circle.search.site_search import SearchGroup, SearchHit, best_of


def search_signposts(community: Community, query: str, limit: int, *, like: bool) -> SearchGroup:
    """All of them are read, since there are few; one query."""
    keyed = [(row.search_key, row) for row in Signpost.objects.public(community)]
    found = best_of(keyed, query, limit, like=like)
    rank = text_matching.rank_match(query, found[0].search_key) if found else None
    hits = [
        SearchHit(row.name, row.get_absolute_url(), f"{row.office} · {row.phone}", signpost_id=row.pk)
        for row in found
    ]
    label = _("Not done here, but by others")
    return SearchGroup("signposts", label, hits, SearchGroup.rank if rank is None else rank)
