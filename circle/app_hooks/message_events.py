"""Messages of circle itself: the hook `message_events`."""

from django.utils.translation import gettext_lazy as _

from circle.notifications.events import PHONE, REAL, Event

EVENTS = {
    "sign_in_code": Event(_("sign-in code"), {"code": 6} | REAL, is_urgent=True, has_secret=True),
    "signed_in_by_clerk": Event(_("signed in by a clerk"), PHONE | REAL, is_urgent=True),
    "second_step_taken_off": Event(_("second step taken off"), PHONE | REAL, is_urgent=True),
    "mandate_offered": Event(_("asked to act for somebody"), PHONE | REAL),
}


def message_events() -> dict[str, Event]:
    return EVENTS
