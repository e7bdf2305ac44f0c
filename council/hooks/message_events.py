"""Messages of the residents' council: the hook `message_events`."""

from django.utils.translation import gettext_lazy as _

from circle.notifications.events import PHONE, PLACE, REAL, RECEIPT, WHEN, Event

EVENTS = {
    "topic_received": Event(_("topic for the council received"), RECEIPT | WHEN | REAL),
    "topic_on_agenda": Event(_("topic on the agenda"), RECEIPT | WHEN | PLACE | REAL),
    "topic_declined": Event(_("topic not taken up"), RECEIPT | PHONE | REAL),
    "topic_answered": Event(_("topic answered"), RECEIPT | PHONE | REAL),
    "topic_assigned": Event(_("topic to see to"), RECEIPT | REAL),
    "meeting_moved": Event(_("meeting moved"), WHEN | PLACE | RECEIPT | REAL),
    "meeting_cancelled": Event(_("meeting called off"), WHEN | RECEIPT | REAL),
}


def message_events() -> dict[str, Event]:
    return EVENTS
