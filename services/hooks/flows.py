"""The pages of the hall on which items of the catalogue are done: the hook `flows`."""

from django.urls import reverse
from django.utils.translation import gettext as _

from circle.models import Community, Firm
from services.models import AidStock, FlowPage


def flow_pages(community: Community) -> list[FlowPage]:
    """Repairs where there is a firm to pass them on to, loans where there is something to lend."""
    pages = []
    if Firm.objects.filter(community=community).exists():
        pages.append(FlowPage("repairs", _("Report it online, with a photo"), reverse("repairs")))
    if AidStock.objects.public(community).exists():
        pages.append(FlowPage("loans", _("See what is there, and reserve it"), reverse("loans")))
    return pages
