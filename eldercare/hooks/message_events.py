"""Messages of elder care: the hook `message_events`."""

from django.utils.translation import gettext_lazy as _

from circle.notifications.events import CODE, PHONE, REAL, WHEN, Event

KIND = {"kind": 10}

EVENTS = {
    "care_requested": Event(_("elder care asked for"), KIND | WHEN | CODE | REAL),
    "care_confirmed": Event(_("elder care confirmed"), KIND | WHEN | CODE | REAL),
    "care_reminder": Event(_("reminder of elder care"), WHEN | KIND | CODE | REAL),
    "care_cancelled": Event(_("elder care cancelled"), KIND | CODE | REAL),
    "care_not_home": Event(
        _("elder not at home, to who acts for them"), {"kind": 8} | CODE | PHONE | REAL, is_urgent=True
    ),
    "care_missed": Event(_("elder not at home, to staff"), KIND | CODE | REAL, is_urgent=True),
    "care_visit_off": Event(_("visit taken off a worker"), WHEN | KIND | CODE | REAL, is_urgent=True),
    "care_revoked": Event(
        _("elder care called off by us"), {"kind": 8} | CODE | PHONE | REAL, is_urgent=True
    ),
}


def message_events() -> dict[str, Event]:
    return EVENTS
