"""Recorded actions of the nursery in words: the hook `audit_labels`."""

from typing import Any

from django.utils.translation import gettext_lazy as _

LABELS = {
    "application_accepted": _("offer accepted"),
    "application_child_replaced": _("another child entered in an application"),
    "application_declined": _("offer declined"),
    "application_enrolled": _("child enrolled"),
    "application_filled": _("application filled in"),
    "application_lapsed": _("offer run out"),
    "application_left": _("child left the nursery"),
    "application_not_taken_up": _("accepted place not taken up"),
    "application_notice_given": _("last day in the nursery named"),
    "application_notice_taken_back": _("last day in the nursery taken back"),
    "application_objected": _("objection of a guardian"),
    "application_offer_revoked": _("offer taken back"),
    "application_offered": _("place offered"),
    "application_passed_on": _("application passed on to another guardian"),
    "application_reopened": _("application taken up again"),
    "application_returned": _("application sent back"),
    "application_started": _("application begun"),
    "application_stopped": _("application stopped"),
    "application_submitted": _("application sent in"),
    "application_verified": _("originals seen"),
    "application_wish_changed": _("class or first day wanted changed"),
    "application_withdrawn": _("application withdrawn"),
    "child_absence_cancelled": _("absence taken back"),
    "child_absent": _("child reported absent"),
    "child_arrived": _("child arrived"),
    "child_collected": _("child collected"),
    "child_day_closed": _("collection of a child recorded afterwards"),
    "child_day_written": _("day page written"),
    "child_mended": _("facts of a child corrected"),
    "child_returned": _("child came back on the same day"),
    "child_undone": _("last tap of the class sheet taken back"),
    "children_told_apart": _("two children of one name told apart"),
    "application_entered_round": _("application entered in a round"),
    "application_left_round": _("application taken out of a round"),
    "round_closed": _("list of a round closed"),
    "round_drawn": _("round drawn"),
    "round_opened": _("round opened"),
    "round_published": _("result of a round published"),
    "round_sealed": _("balls of a round confirmed"),
    "round_settled": _("round settled"),
    "round_value_differed": _("balls of a round typed differently"),
    "round_value_typed": _("balls of a round typed"),
    "pickup_person_allowed": _("adult who may collect a child entered"),
    "pickup_person_barred": _("person barred from collecting a child"),
    "pickup_person_ended": _("entry about collecting a child ended"),
    "class_price_dropped": _("price of a class taken back"),
    "class_price_set": _("price of a class set"),
    "class_ended": _("class taken from a teacher"),
    "class_given": _("class given to a teacher"),
    "head_task_settled": _("task of the nursery's head settled"),
    "health_corrected": _("health answers of a child corrected"),
    "health_deleted": _("health answers of a child deleted"),
}


def audit_labels() -> dict[str, Any]:
    return LABELS
