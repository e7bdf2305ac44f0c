"""The nursery's part of the header search."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from childcare.models import NurseryClass
from circle.models import Community
from circle.search.site_search import Group, Hit


def classes(community: Community, query: str, limit: int, *, like: bool) -> Group:
    """The search hook of childcare: its classes by name."""
    words = Q(name_zh__icontains=query) | Q(name_en__icontains=query)
    found = [] if like else NurseryClass.objects.public(community).filter(words)[:limit]
    return Group(
        "nursery",
        _("Nursery"),
        [Hit(row.name, reverse("childcare"), row.get_band_display()) for row in found],
    )
