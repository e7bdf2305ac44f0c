"""The catalogue's part of the header search."""

from django.utils import timezone
from django.utils.translation import gettext as _

from circle.models import Community
from circle.search.site_search import Group, Hit, best
from services.models import ServiceItem


def items(community: Community, query: str, limit: int, *, like: bool) -> Group:
    """The search hook of services: what is offered today."""
    offered = ServiceItem.objects.public(community).offered(timezone.localdate())
    rows = best(offered, query, limit, like=like)
    return Group(
        "items",
        _("Services"),
        [Hit(row.name, row.get_absolute_url(), row.provider) for row in rows],
    )
