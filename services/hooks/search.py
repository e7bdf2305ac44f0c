"""The catalogue's part of the header search."""

from django.utils import timezone
from django.utils.translation import gettext as _

from circle.models import Community
from circle.search.site_search import SearchGroup, SearchHit, find_best, rank_of
from services.models import ServiceItem


def search_group(community: Community, query: str, limit: int, *, like: bool) -> SearchGroup:
    """The search hook of services: what is offered today."""
    offered = ServiceItem.objects.public(community).offered(timezone.localdate())
    rows = find_best(offered, query, limit, like=like)
    return SearchGroup(
        "items",
        _("Services"),
        [
            SearchHit(row.name, row.get_absolute_url(), row.provider, row.summary, row.facility_id)
            for row in rows
        ],
        rank_of(rows, query),
    )
