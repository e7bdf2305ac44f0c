"""Every kind of message in one table; the other apps are named as strings only, as in models/roles.py."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

SIGNATURE_CHARS = {"zh": 12, "en": 24}  # characters of the community's name in a text message
VARIABLE_CHARS = 20  # the longest value that vendors of text messages accept


@dataclass(frozen=True)
class Event:
    """`variables`: the named values of its text message and the most Chinese characters of each.

    Two are computed: `when` from starts_at or expires_at, `real` is the message's code.
    """

    label: Any
    variables: Mapping[str, int]
    is_urgent: bool = False  # sent in quiet hours as well
    has_secret: bool = False  # valid for some minutes only, so it is not sent again


WHEN, PLACE, CODE, PHONE, RECEIPT, REAL = (
    {"when": 13},
    {"place": 8},
    {"code": 8},
    {"phone": 14},
    {"receipt": 13},
    {"real": 6},
)
ITEM = {"item": 10}
KIND = {"kind": 10}

EVENTS = {
    "sign_in_code": Event(_("sign-in code"), {"code": 6} | REAL, is_urgent=True, has_secret=True),
    "signed_in_by_clerk": Event(_("signed in by a clerk"), PHONE | REAL, is_urgent=True),
    "second_step_taken_off": Event(_("second step taken off"), PHONE | REAL, is_urgent=True),
    "booking_made": Event(_("booking made"), ITEM | WHEN | PLACE | CODE | REAL),
    "booking_moved": Event(_("booking moved"), WHEN | ITEM | PLACE | CODE | REAL),
    "booking_cancelled": Event(_("booking cancelled"), ITEM | WHEN | CODE | REAL),
    "booking_reminder": Event(_("reminder of a booking"), WHEN | ITEM | PLACE | CODE | REAL),
    "booking_revoked": Event(
        _("booking called off by us"), {"item": 8} | WHEN | PHONE | REAL, is_urgent=True
    ),
    "care_requested": Event(_("elder care asked for"), KIND | WHEN | CODE | REAL),
    "care_confirmed": Event(_("elder care confirmed"), KIND | WHEN | CODE | REAL),
    "care_reminder": Event(_("reminder of elder care"), WHEN | KIND | CODE | REAL),
    "care_cancelled": Event(_("elder care cancelled"), KIND | CODE | REAL),
    "care_revoked": Event(
        _("elder care called off by us"), {"kind": 8} | CODE | PHONE | REAL, is_urgent=True
    ),
    "application_received": Event(_("nursery application received"), CODE | REAL),
    "application_returned": Event(_("nursery application returned"), CODE | PHONE | REAL),
    "application_offered": Event(_("nursery place offered"), CODE | {"group": 8} | WHEN | REAL),
    "application_offer_ends": Event(_("end of a nursery offer"), CODE | WHEN | REAL),
    "application_lapsed": Event(_("nursery offer run out"), CODE | PHONE | REAL),
    "application_enrolled": Event(_("nursery enrolment"), CODE | REAL),
    "topic_received": Event(_("topic for the council received"), RECEIPT | WHEN | REAL),
    "topic_on_agenda": Event(_("topic on the agenda"), RECEIPT | WHEN | PLACE | REAL),
    "topic_declined": Event(_("topic not taken up"), RECEIPT | PHONE | REAL),
    "topic_answered": Event(_("topic answered"), RECEIPT | PHONE | REAL),
    "topic_assigned": Event(_("topic to see to"), RECEIPT | REAL),
    "mandate_offered": Event(_("asked to act for somebody"), PHONE | REAL),
    "meeting_moved": Event(_("meeting moved"), WHEN | PLACE | RECEIPT | REAL),
    "meeting_cancelled": Event(_("meeting called off"), WHEN | RECEIPT | REAL),
}
