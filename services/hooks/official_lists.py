"""Lists of the hall for the district's forms: the hook `official_lists`."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _

from circle.models import Community, User
from circle.reporting.figures import Span
from circle.reporting.lists import OfficialList
from services.models import AgencyCase, Booking, ServiceItem
from services.models.cases import VIEW

ITEMS = {
    "code": _("item number"),
    "name": _("service item"),
    "provider": _("who handles it"),
    "promised": _("promised (working days)"),
    "fee": _("fee"),
    "phone": _("phone"),
}
BOOKINGS = {
    "day": _("day"),
    "time": _("time"),
    "item": _("service item"),
    "resident": _("resident"),
    "via": _("made"),
    "status": _("status"),
}
CASES = {
    "code": _("case number"),
    "item": _("service item"),
    "resident": _("resident"),
    "requested": _("asked for at"),
    "status": _("status"),
    "handler": _("handler"),
}


def official_lists() -> list[OfficialList]:
    return [
        OfficialList("items", _("service items"), "services.view_serviceitem", ITEMS, items),
        OfficialList("bookings", _("bookings of a month"), "services.view_booking", BOOKINGS, bookings),
        OfficialList("cases", _("errands asked for in a month"), VIEW, CASES, cases),
    ]


def items(user: User, community: Community, first: dt.date, last: dt.date) -> Iterator[dict[str, Any]]:
    for item in ServiceItem.objects.public(community).offered(last).order_by("code"):
        yield {
            "code": item.code,
            "name": item.name,
            "provider": item.provider,
            "promised": item.promised_days,
            "fee": item.fee,
            "phone": item.phone,
        }


def bookings(user: User, community: Community, first: dt.date, last: dt.date) -> Iterator[dict[str, Any]]:
    found = Booking.objects.for_user(user).filter(community=community, day__range=(first, last))
    for booking in found.select_related("item", "resident", "slot").order_by("slot__starts_at", "pk"):
        yield {
            "day": booking.day,
            "time": f"{localtime(booking.slot.starts_at):%H:%M}",
            "item": booking.item.name,
            "resident": booking.resident.name,
            "via": booking.get_via_display(),
            "status": booking.get_status_display(),
        }


def cases(user: User, community: Community, first: dt.date, last: dt.date) -> Iterator[dict[str, Any]]:
    asked = Span(first, last).on(AgencyCase._meta.get_field("requested_at"))
    found = AgencyCase.objects.for_user(user).filter(asked, community=community)
    for case in found.select_related("item", "resident", "handler").order_by("requested_at", "pk"):
        yield {
            "code": case.code,
            "item": case.item.name,
            "resident": case.resident.name,
            "requested": localdate(case.requested_at),
            "status": case.get_status_display(),
            "handler": str(case.handler or ""),
        }
