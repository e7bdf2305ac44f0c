"""The page of the council on which an item of the catalogue is done: the hook `flows`."""

from django.urls import reverse
from django.utils.translation import gettext as _

from circle.models import Community
from services.models.flows import FlowPage


def flow_pages(community: Community) -> list[FlowPage]:
    return [FlowPage("council-topic", _("Raise a topic with the council"), reverse("topic_new"))]
