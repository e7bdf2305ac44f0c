"""Messages of the hall: the hook `message_events`."""

from django.utils.translation import gettext_lazy as _

from circle.notifications.events import CODE, PHONE, PLACE, REAL, WHEN, Event

ITEM = {"item": 10}

EVENTS = {
    "booking_made": Event(_("booking made"), ITEM | WHEN | PLACE | CODE | REAL),
    "booking_moved": Event(_("booking moved"), WHEN | ITEM | PLACE | CODE | REAL),
    "booking_cancelled": Event(_("booking cancelled"), ITEM | WHEN | CODE | REAL),
    "booking_reminder": Event(_("reminder of a booking"), WHEN | ITEM | PLACE | CODE | REAL),
    "booking_revoked": Event(
        _("booking called off by us"), {"item": 8} | WHEN | PHONE | REAL, is_urgent=True
    ),
}


def message_events() -> dict[str, Event]:
    return EVENTS
