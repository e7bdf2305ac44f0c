"""Messages of the nursery: the hook `message_events`."""

from django.utils.translation import gettext_lazy as _

from circle.notifications.events import CODE, PHONE, REAL, WHEN, Event

EVENTS = {
    "application_received": Event(_("nursery application received"), CODE | REAL),
    "application_returned": Event(_("nursery application returned"), CODE | PHONE | REAL),
    "application_offered": Event(_("nursery place offered"), CODE | {"group": 8} | WHEN | REAL),
    "application_offer_ends": Event(_("end of a nursery offer"), CODE | WHEN | REAL),
    "application_lapsed": Event(_("nursery offer run out"), CODE | PHONE | REAL),
    "application_offer_revoked": Event(_("nursery offer taken back"), CODE | PHONE | REAL),
    "application_not_taken_up": Event(_("nursery place not taken up"), CODE | PHONE | REAL),
    "application_higher_wish": Event(_("place of a higher wish free"), CODE | {"group": 8} | PHONE | REAL),
    "application_decided": Event(_("decision of a guardian"), CODE | {"decision": 8} | PHONE | REAL),
    "second_parent_named": Event(_("asked as the second parent of a child"), PHONE | REAL),
    "second_parent_confirmed": Event(_("second parent confirmed"), CODE | PHONE | REAL),
    "ratio_confirmed": Event(
        _("too few carers with a class"),
        {"group": 8, "children": 3, "carers": 3} | REAL,
        is_urgent=True,
    ),
    "round_published": Event(_("result of a round of places"), CODE | {"lot": 4} | PHONE | REAL),
    "collection_refused": Event(_("child not handed over"), CODE | PHONE | REAL, is_urgent=True),
    "class_changes": Event(_("next class of a child"), CODE | {"group": 8} | WHEN | REAL),
    "application_enrolled": Event(_("nursery enrolment"), CODE | REAL),
}


def message_events() -> dict[str, Event]:
    return EVENTS
