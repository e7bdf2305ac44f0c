"""What the catalogue of a new community still lacks: the hook `setup`."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from circle.backoffice.setup import SetupStep
from circle.models import Community
from services.models import ServiceItem


def setup_steps(community: Community) -> list[SetupStep]:
    """Items withdrawn or still drafts lack nothing."""
    url = reverse("admin:services_serviceitem_changelist")
    items = ServiceItem.objects.filter(
        community=community, status=ServiceItem.Status.ACTIVE, withdrawn_on=None
    )
    nowhere = items.filter(facility=None).count()
    unchecked = items.filter(Q(checked_on=None) | Q(is_verified=False)).count()
    place = ngettext("%(count)s has no place", "%(count)s have no place", nowhere)
    facts = ngettext("%(count)s is unverified", "%(count)s are unverified", unchecked)
    return [
        SetupStep(_("Catalogue"), "" if items.exists() else _("none"), url, "new_community"),
        SetupStep(_("Where each item is done"), place % {"count": nowhere} if nowhere else "", url),
        SetupStep(_("Facts of each item"), facts % {"count": unchecked} if unchecked else "", url),
    ]
