"""Lists of elder care for the district's forms: the hook `official_lists`."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from circle.models import Community, User
from circle.reporting.lists import OfficialList
from eldercare.models import VisitDuty
from eldercare.models.duties import DUTY_VIEW

VISITS = {
    "resident": _("elder"),
    "every": _("how often"),
    "from": _("from"),
    "until": _("until"),
    "status": _("status"),
}


def official_lists() -> list[OfficialList]:
    return [OfficialList("visits", _("visits to elders due in a month"), DUTY_VIEW, VISITS, visits)]


def visits(user: User, community: Community, first: dt.date, last: dt.date) -> Iterator[dict[str, Any]]:
    found = VisitDuty.objects.for_user(user).filter(community=community, ends_on__range=(first, last))
    for duty in found.select_related("resident").order_by("ends_on", "pk"):
        yield {
            "resident": duty.resident.name,
            "every": duty.get_every_display(),
            "from": duty.starts_on,
            "until": duty.ends_on,
            "status": duty.get_status_display(),
        }
