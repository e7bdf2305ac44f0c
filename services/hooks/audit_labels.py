"""Recorded actions of the hall in words: the hook `audit_labels`."""

from typing import Any

from django.utils.translation import gettext_lazy as _

LABELS = {
    "booking_arrived": _("checked in"),
    "booking_cancelled": _("booking cancelled"),
    "booking_excused": _("excused"),
    "booking_made": _("booking made"),
    "booking_moved": _("booking moved"),
    "booking_no_show": _("did not come"),
    "booking_revoked": _("booking called off by us"),
    "booking_served": _("served"),
    "booking_undone": _("last step taken back"),
    "certificate_issued": _("certificate made out"),
    "certificate_revoked": _("certificate revoked"),
    "device_key_renewed": _("addresses of the hall's devices renewed"),
    "no_show_objected": _("objection against a no-show"),
    "no_show_objection_rejected": _("objection against a no-show rejected"),
    "places_moved": _("places moved between the shares"),
    "register_confirmed": _("entry in a special register confirmed"),
    "register_ended": _("taken off a special register"),
    "register_entered": _("entered in a special register"),
    "register_revised": _("entry in a special register changed"),
    "ticket_called": _("number called"),
    "ticket_closed": _("ticket closed at the end of the day"),
    "ticket_done": _("ticket done"),
    "ticket_drawn": _("ticket drawn"),
    "ticket_item": _("service item noted on a ticket"),
    "ticket_left": _("left before being served"),
    "ticket_named": _("person noted on a ticket"),
    "ticket_parked": _("goes for a paper and comes back"),
    "ticket_resumed": _("ticket opened again"),
    "ticket_returned": _("back in the line"),
    "ticket_serving": _("has come to the counter"),
    "ticket_skipped": _("did not answer the call"),
    "ticket_transferred": _("sent to another counter"),
    "ticket_withdrawn": _("check-in taken back"),
    "waiting_accepted": _("offered place taken"),
    "waiting_declined": _("offered place declined"),
    "waiting_ended": _("waited in vain"),
    "waiting_joined": _("joined the waiting list"),
    "waiting_lapsed": _("offer lapsed"),
    "waiting_left": _("left the waiting list"),
    "waiting_offered": _("place offered"),
    "waiting_taken_back": _("offer taken back"),
}


def audit_labels() -> dict[str, Any]:
    return LABELS
