"""Recorded actions of the residents' council in words: the hook `audit_labels`."""

from typing import Any

from django.utils.translation import gettext_lazy as _

LABELS = {
    "agenda_item_added": _("item put on the agenda"),
    "agenda_item_changed": _("item of the agenda changed"),
    "agenda_item_continued": _("item taken over onto the agenda"),
    "agenda_item_dropped": _("item taken off the agenda"),
    "agenda_item_raised": _("item raised in the meeting"),
    "agenda_ordered": _("items of the agenda put in another order"),
    "agenda_published": _("agenda published"),
    "call_closed": _("call for topics closed"),
    "call_opened": _("call for topics opened"),
    "correction_begun": _("correction of minutes begun"),
    "correction_dropped": _("correction of minutes dropped"),
    "item_settled": _("item of the agenda settled"),
    "meeting_adjourned": _("meeting adjourned"),
    "meeting_cancelled": _("meeting cancelled"),
    "meeting_closed": _("meeting closed"),
    "meeting_moved": _("meeting moved"),
    "meeting_planned": _("meeting planned"),
    "meeting_removed": _("plan of a meeting removed"),
    "membership_ended": _("seat ended"),
    "minutes_approved": _("minutes approved"),
    "minutes_drafted": _("minutes drafted"),
    "minutes_published": _("minutes published"),
    "minutes_returned": _("minutes returned to be mended"),
    "minutes_submitted": _("minutes submitted for approval"),
    "minutes_superseded": _("minutes replaced by a correction"),
    "minutes_written": _("minutes written"),
    "resolution_annulled": _("resolution annulled"),
    "resolution_recorded": _("resolution recorded"),
    "roll_recorded": _("roll called"),
    "session_ended": _("session of the council ended"),
    "session_times_set": _("times of the session set"),
    "session_opened": _("session of the council opened"),
    "topic_accepted": _("topic taken up"),
    "topic_answered": _("topic answered"),
    "topic_assigned": _("topic assigned"),
    "topic_declined": _("topic declined"),
    "topic_handed_on": _("topic handed on"),
    "topic_received": _("topic received"),
    "topic_replied": _("firm replied to a topic"),
}


def audit_labels() -> dict[str, Any]:
    return LABELS
