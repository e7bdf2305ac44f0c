"""What facility files and building files have in common."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.models import Community


def community_named(slug: str) -> Community:
    """The community of that short name, or the only one. Refuses: no_community, several_communities."""
    found = list(Community.objects.filter(slug=slug) if slug else Community.objects.all()[:2])
    if not found:
        raise ValidationError(_("There is no such community."), code="no_community")
    if len(found) > 1:
        raise ValidationError(
            _("There are several communities: name one with --community."), code="several_communities"
        )
    return found[0]
