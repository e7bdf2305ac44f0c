"""The council's part of the header search."""

from django.db.models import Q
from django.utils.translation import gettext as _

from circle.models import Community
from circle.search.site_search import SearchGroup, SearchHit
from council.models import AgendaItem, Meeting


def search_group(community: Community, query: str, limit: int, *, like: bool) -> SearchGroup:
    """The search hook of council: what is or was on a published agenda, latest first."""
    words = Q(title_zh__icontains=query) | Q(title_en__icontains=query)
    rows = AgendaItem.objects.exclude(status=AgendaItem.Status.PROPOSED).filter(
        words, meeting__in=Meeting.objects.public(community).with_papers()
    )
    found = (
        [] if like else rows.select_related("meeting__body").order_by("-meeting__starts_at", "number")[:limit]
    )
    hits = [SearchHit(row.title, row.meeting.get_absolute_url(), str(row.meeting)) for row in found]
    return SearchGroup("council", _("Council"), hits)
