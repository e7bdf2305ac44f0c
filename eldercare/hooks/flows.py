"""The pages of elder care on which items of the catalogue are done: the hook `flows`."""

from django.utils.translation import gettext as _

from circle.models import Community
from eldercare.models import CareKind
from services.models.flows import FlowPage


def flow_pages(community: Community) -> list[FlowPage]:
    """One for each kind that can be asked for."""
    kinds = CareKind.objects.public(community).askable()
    return [
        FlowPage(f"care-{kind.code}", _("Book: %(kind)s") % {"kind": kind.name}, kind.get_absolute_url())
        for kind in kinds
    ]
