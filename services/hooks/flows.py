"""The pages of the hall on which items of the catalogue are done: the hook `flows`."""

from django.urls import reverse
from django.utils.translation import gettext as _

from circle.models import Community
from services.models import AidStock, FlowPage


def flow_pages(community: Community) -> list[FlowPage]:
    """Of the loans while there is something to lend."""
    pages = []
    if AidStock.objects.public(community).exists():
        pages.append(FlowPage("loans", _("See what is there, and reserve it"), reverse("loans")))
    return pages
