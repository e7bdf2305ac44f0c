"""Changes of state in childcare: one verb, one function, one transaction; doing it twice is harmless."""

from childcare.actions.absences import cancel_absence, report_absence
from childcare.actions.answering import accept_offer, decline_offer, higher_wishes, revoke_offer
from childcare.actions.checking import send_back, submit_application, verify_application
from childcare.actions.children import children_of, guardians_of, possible_duplicates, transfer_to_guardian
from childcare.actions.class_changes import (
    announce_class_changes,
    fill_missing_stays,
    move_to_next_classes,
    reseat_child,
)
from childcare.actions.closing import uncollected_days
from childcare.actions.collectors import Collector, collectors_of
from childcare.actions.consents import APPLYING, HEALTH
from childcare.actions.days import (
    check_in_again,
    check_in_child,
    check_in_class,
    check_out_child,
    undo_transition,
    write_day,
)
from childcare.actions.ending import (
    close_draft,
    close_for_child,
    forget_child,
    forget_in_register,
    withdraw_application,
)
from childcare.actions.enrolment import (
    enrol_child,
    first_day_in_class,
    has_age_of_class,
    release_untaken_place,
    release_untaken_places,
    report_ages,
    report_untaken_places,
)
from childcare.actions.filling import (
    fill_child,
    fill_documents,
    fill_guardian,
    fill_health,
    start_application,
)
from childcare.actions.former_parents import forget_ended_numbers
from childcare.actions.health import correct_health, delete_health, end_health_consent
from childcare.actions.lapsing import lapse_offers, send_reminders
from childcare.actions.late import enter_late, line_after_draw
from childcare.actions.leaving import end_due_enrolments, give_notice, withdraw_notice
from childcare.actions.line import positions_of, record_line_moves
from childcare.actions.namesakes import confirm_another_child, perhaps_known_among, perhaps_same_children
from childcare.actions.objections import object_to_acceptance
from childcare.actions.offers import offer_place
from childcare.actions.parents import (
    confirm_second_parent,
    end_second_parent,
    name_second_parent,
    only_adult,
)
from childcare.actions.passing import families_ahead
from childcare.actions.pickup import allow_collector, bar_collector, end_pickup_person
from childcare.actions.prices import drop_price, set_price
from childcare.actions.ratio import Ratio, class_ratio, confirm_ratio, count_carers, is_gated
from childcare.actions.refusals import report_refused_collection
from childcare.actions.rounds import (
    close_round,
    draw_round,
    enter_round,
    leave_round,
    open_round,
    publish_round,
    settle_round,
    type_value,
)
from childcare.actions.rules import can_decide, check_own_nursery
from childcare.actions.settling import close_task
from childcare.actions.siblings import ALONE, declare_siblings, siblings_of
from childcare.actions.teachers import end_class, give_class, hand_over_class
from childcare.actions.uncollected import close_day, report_uncollected
from childcare.actions.visit_reminders import send_visit_reminders
from childcare.actions.visit_times import forget_empty_visit_times, lay_out_visits
from childcare.actions.visits import (
    book_visit,
    cancel_visit,
    close_unrecorded_visits,
    end_trials,
    end_visits_of,
    move_to_next_time,
    move_visit,
    record_arrival,
    record_family_absence,
    revoke_visit,
    times_to_move_to,
    undo_outcome,
)
from childcare.actions.voiding import void_secret
from childcare.actions.waiting import change_wish, reopen_application

__all__ = [
    "ALONE",
    "APPLYING",
    "HEALTH",
    "Collector",
    "Ratio",
    "accept_offer",
    "allow_collector",
    "announce_class_changes",
    "bar_collector",
    "book_visit",
    "can_decide",
    "cancel_absence",
    "cancel_visit",
    "change_wish",
    "check_in_again",
    "check_in_child",
    "check_in_class",
    "check_out_child",
    "check_own_nursery",
    "children_of",
    "class_ratio",
    "close_day",
    "close_draft",
    "close_for_child",
    "close_round",
    "close_task",
    "close_unrecorded_visits",
    "collectors_of",
    "confirm_another_child",
    "confirm_ratio",
    "confirm_second_parent",
    "correct_health",
    "count_carers",
    "declare_siblings",
    "decline_offer",
    "delete_health",
    "draw_round",
    "drop_price",
    "end_class",
    "end_due_enrolments",
    "end_health_consent",
    "end_pickup_person",
    "end_second_parent",
    "end_trials",
    "end_visits_of",
    "enrol_child",
    "enter_late",
    "enter_round",
    "families_ahead",
    "fill_child",
    "fill_documents",
    "fill_guardian",
    "fill_health",
    "fill_missing_stays",
    "first_day_in_class",
    "forget_child",
    "forget_empty_visit_times",
    "forget_ended_numbers",
    "forget_in_register",
    "give_class",
    "give_notice",
    "guardians_of",
    "hand_over_class",
    "has_age_of_class",
    "higher_wishes",
    "is_gated",
    "lapse_offers",
    "lay_out_visits",
    "leave_round",
    "line_after_draw",
    "move_to_next_classes",
    "move_to_next_time",
    "move_visit",
    "name_second_parent",
    "object_to_acceptance",
    "offer_place",
    "only_adult",
    "open_round",
    "perhaps_known_among",
    "perhaps_same_children",
    "positions_of",
    "possible_duplicates",
    "publish_round",
    "record_arrival",
    "record_family_absence",
    "record_line_moves",
    "release_untaken_place",
    "release_untaken_places",
    "reopen_application",
    "report_absence",
    "report_ages",
    "report_refused_collection",
    "report_uncollected",
    "report_untaken_places",
    "reseat_child",
    "revoke_offer",
    "revoke_visit",
    "send_back",
    "send_reminders",
    "send_visit_reminders",
    "set_price",
    "settle_round",
    "siblings_of",
    "start_application",
    "submit_application",
    "times_to_move_to",
    "transfer_to_guardian",
    "type_value",
    "uncollected_days",
    "undo_outcome",
    "undo_transition",
    "verify_application",
    "void_secret",
    "withdraw_application",
    "withdraw_notice",
    "write_day",
]
