"""Where an item ends: how residents have it done, and the pages of other apps for it."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.hooks import hook_functions
from circle.models import Community


class Flow(models.TextChoices):
    """The one button of an item's page."""

    BOOKING = "booking", _("a time at the window is booked")
    PAGE = "page", _("on a page of the portal")
    SPOT = "spot", _("come by, no booking")
    AGENCY = "agency", _("we do the errands for you")
    REGISTER = "register", _("staff enter it in a register")
    CERTIFICATE = "certificate", _("a certificate is made out at the window")
    PHONE = "phone", pgettext_lazy("flow of an item", "by phone")


# Where people come to a window, so that a time may be booked for it.
AT_THE_WINDOW = [Flow.BOOKING, Flow.AGENCY, Flow.CERTIFICATE]


@dataclass(frozen=True)
class FlowPage:
    """A page on which an item is done; an app offers it through the hook `flows`."""

    key: str
    label: str
    url: str


def flow_pages(community: Community) -> dict[str, FlowPage]:
    """By their keys, what the apps offer in this community now."""
    offered = [page for offer in hook_functions("flows") for page in offer(community)]
    return {page.key: page for page in offered}
