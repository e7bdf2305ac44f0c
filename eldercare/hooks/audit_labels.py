"""Recorded actions of elder care in words: the hook `audit_labels`."""

from typing import Any

from django.utils.translation import gettext_lazy as _

LABELS = {
    "class_accepted": _("offered place in a class taken"),
    "class_called_off": _("class of the senior school called off"),
    "class_declined": _("offered place in a class declined"),
    "class_lapsed": _("offer of a place in a class lapsed"),
    "class_left": _("left the waiting list of a class"),
    "class_offered": _("place in a class offered"),
    "class_wait_ended": _("waited for a class in vain"),
    "class_waiting": _("joined the waiting list of a class"),
    "enrolment_asked": _("asked for a place in a class"),
    "enrolment_called_off": _("place in a class ended: it does not take place"),
    "enrolment_cancelled": _("enrolment in a class cancelled"),
    "enrolment_drawn": _("place in a class drawn"),
    "enrolment_enrolled": _("enrolled in a class"),
    "enrolment_finished": _("class ended with its term"),
    "enrolment_not_drawn": _("not drawn for a class"),
    "roll_taken": _("roll of a class taken"),
    "term_drawn": _("places of a school term drawn"),
    "care_assigned": _("care assigned"),
    "care_begun": _("care begun"),
    "care_cancelled": _("care cancelled"),
    "care_checked": _("check of the day before care"),
    "care_confirmed": _("care confirmed"),
    "care_confirmed_by_call": _("elder confirmed the care by telephone"),
    "care_disputed": _("elder disputed the care by telephone"),
    "care_done": _("care done"),
    "care_second_confirmed": _("second carer confirmed to be there"),
    "care_second_unconfirmed": _("began with a second carer who has no code"),
    "care_home_moved": _("comes home from a visit later"),
    "care_not_home": _("nobody at home"),
    "care_not_home_settled": _("found out how they are"),
    "care_requested": _("care asked for"),
    "care_moved": _("care moved"),
    "care_revoked": _("care called off by us"),
    "care_stopped": _("care stopped for safety"),
    "care_undone": _("last step of care taken back"),
    "elder_visited": _("looked in on an elder"),
    "elder_paired": _("elder given to a volunteer"),
    "elder_unpaired": _("elder taken off a volunteer"),
    "event_noted": _("event after which somebody looks in"),
    "festival_planned": _("festival of an elder planned"),
    "profile_changed": _("profile of an elder changed"),
    "risk_ended": _("reason to look in ended"),
    "risk_tagged": _("reason to look in given"),
    "visits_rest": _("visits rest"),
    "volunteer_asked": _("asked to join the volunteers"),
    "volunteer_checked": _("volunteer checked"),
    "volunteer_introduced": _("first visit of a volunteer made together"),
    "volunteer_removed": _("volunteer removed from the team"),
    "volunteer_trained": _("volunteer trained"),
}


def audit_labels() -> dict[str, Any]:
    return LABELS
