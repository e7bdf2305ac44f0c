"""Elder care's part of the header search."""

from django.utils.translation import gettext as _

from circle.models import Community
from circle.search.site_search import Group, Hit, best
from eldercare.models import CareKind


def kinds(community: Community, query: str, limit: int, *, like: bool) -> Group:
    """The search hook of eldercare: the kinds that are offered."""
    rows = best(CareKind.objects.public(community), query, limit, like=like)
    return Group("care", _("Elder care"), [Hit(row.name, row.get_absolute_url(), row.giver) for row in rows])
