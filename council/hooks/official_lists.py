"""Lists of the council for the district's forms: the hook `official_lists`."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from circle.models import Community, User
from circle.reporting.lists import OfficialList
from council.models import ActionItem

ACTIONS = {
    "title": _("what is to be done"),
    "owner": _("who does it"),
    "due": _("due on"),
    "status": _("status"),
}


def official_lists() -> list[OfficialList]:
    return [OfficialList("actions", _("actions due in a month"), "council.view_actionitem", ACTIONS, actions)]


def actions(user: User, community: Community, first: dt.date, last: dt.date) -> Iterator[dict[str, Any]]:
    found = ActionItem.objects.for_user(user).filter(community=community, due_on__range=(first, last))
    for item in found.select_related("firm", "body").order_by("due_on", "pk"):
        yield {
            "title": item.title,
            "owner": item.owner,
            "due": item.due_on,
            "status": item.get_status_display(),
        }
