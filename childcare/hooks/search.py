"""The nursery's part of the header search."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from childcare.models import NurseryClass
from circle.models import Community
from circle.search.site_search import SearchGroup, SearchHit


def search_group(community: Community, query: str, limit: int, *, like: bool) -> SearchGroup:
    """The search hook of childcare: its classes by name."""
    words = Q(name_zh__icontains=query) | Q(name_en__icontains=query)
    rows = NurseryClass.objects.public(community).filter(words)
    found = [] if like else list(rows[:limit])
    return SearchGroup(
        "nursery",
        _("Nursery"),
        [SearchHit(row.name, reverse("childcare"), row.get_band_display()) for row in found],
    )
