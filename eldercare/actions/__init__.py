"""Changes of state in elder care: one verb, one function, one transaction; doing it twice is harmless."""

from circle.booking.change_rules import format_day_and_time
from circle.booking.slots import close_slot, reopen_slot
from eldercare.actions.alarms import move_home_time, raise_late_escorts, raise_missing_alarms
from eldercare.actions.answers import Answers, forget_answers
from eldercare.actions.assigning import assign_worker
from eldercare.actions.assigning_several import assign_several
from eldercare.actions.bookings import (
    book_slot,
    cancel_booking,
    request_care,
    revoke_booking,
)
from eldercare.actions.checks import Measured, record_check
from eldercare.actions.class_call_off import call_off_class
from eldercare.actions.class_offers import lock_class, serve_free_class
from eldercare.actions.class_waiting import (
    accept_class_offer,
    leave_class_line,
    tend_class_lines,
    wait_for_class,
)
from eldercare.actions.day_care import (
    book_whole_day,
    change_collectors,
    end_agreement,
    record_arrival,
    record_leaving,
    sign_agreement,
)
from eldercare.actions.duties import close_duties, forgotten_people, lay_out_duties
from eldercare.actions.enrolling import cancel_enrolment, enrol
from eldercare.actions.eve import tell_who_comes
from eldercare.actions.held_cards import note_card
from eldercare.actions.holidays import Festival, plan_festival
from eldercare.actions.in_service import begin_care, next_free_times, stop_for_safety
from eldercare.actions.like_times import move_to_like_time
from eldercare.actions.moving import move_booking, next_open_day, times_to_move_to
from eldercare.actions.outcomes import (
    complete_booking,
    confirm_booking,
    record_not_home,
    settle_not_home,
    undo_transition,
)
from eldercare.actions.own_codes import set_own_code
from eldercare.actions.planned_looks import plan_look, tell_who_looks_in
from eldercare.actions.profiles import end_tag, note_event, rest_visits, tag_resident, write_profile
from eldercare.actions.reminders import send_reminders, send_second_reminders
from eldercare.actions.right_answers import accept_right, decline_right
from eldercare.actions.right_notices import tell_rights
from eldercare.actions.rolls import take_roll
from eldercare.actions.school_draw import draw_due_terms, draw_term
from eldercare.actions.school_terms import finish_terms, lay_out_sessions
from eldercare.actions.series import Rhythm, ask_series, confirm_series, finish_series, lay_out_series
from eldercare.actions.series_changes import (
    end_series,
    move_series,
    pause_series,
    resume_series,
    revoke_series,
)
from eldercare.actions.series_dates import book_date_again, readdress_series, skip_date
from eldercare.actions.series_ends import extend_series, tell_ending_series
from eldercare.actions.service_records import (
    begin_together,
    close_forgotten,
    confirm_by_call,
    finish_care,
    record_dispute,
)
from eldercare.actions.slots import forget_empty_slots, lay_out_slots
from eldercare.actions.visit_news import begin_visit_news, end_visit_news
from eldercare.actions.visits import Found, record_visit
from eldercare.actions.volunteers import (
    check_volunteer,
    end_pairing,
    introduce_volunteer,
    join_volunteers,
    pair_elder,
    remove_volunteer,
    set_volunteer_photo,
    train_volunteer,
)

__all__ = [
    "Answers",
    "Festival",
    "Found",
    "Measured",
    "Rhythm",
    "accept_class_offer",
    "accept_right",
    "ask_series",
    "assign_several",
    "assign_worker",
    "begin_care",
    "begin_together",
    "begin_visit_news",
    "book_date_again",
    "book_slot",
    "book_whole_day",
    "call_off_class",
    "cancel_booking",
    "cancel_enrolment",
    "change_collectors",
    "check_volunteer",
    "close_duties",
    "close_forgotten",
    "close_slot",
    "complete_booking",
    "confirm_booking",
    "confirm_by_call",
    "confirm_series",
    "decline_right",
    "draw_due_terms",
    "draw_term",
    "end_agreement",
    "end_pairing",
    "end_series",
    "end_tag",
    "end_visit_news",
    "enrol",
    "extend_series",
    "finish_care",
    "finish_series",
    "finish_terms",
    "forget_answers",
    "forget_empty_slots",
    "forgotten_people",
    "format_day_and_time",
    "introduce_volunteer",
    "join_volunteers",
    "lay_out_duties",
    "lay_out_series",
    "lay_out_sessions",
    "lay_out_slots",
    "leave_class_line",
    "lock_class",
    "move_booking",
    "move_home_time",
    "move_series",
    "move_to_like_time",
    "next_free_times",
    "next_open_day",
    "note_card",
    "note_event",
    "pair_elder",
    "pause_series",
    "plan_festival",
    "plan_look",
    "raise_late_escorts",
    "raise_missing_alarms",
    "readdress_series",
    "record_arrival",
    "record_check",
    "record_dispute",
    "record_leaving",
    "record_not_home",
    "record_visit",
    "remove_volunteer",
    "reopen_slot",
    "request_care",
    "rest_visits",
    "resume_series",
    "revoke_booking",
    "revoke_series",
    "send_reminders",
    "send_second_reminders",
    "serve_free_class",
    "set_own_code",
    "set_volunteer_photo",
    "settle_not_home",
    "sign_agreement",
    "skip_date",
    "stop_for_safety",
    "tag_resident",
    "take_roll",
    "tell_ending_series",
    "tell_rights",
    "tell_who_comes",
    "tell_who_looks_in",
    "tend_class_lines",
    "times_to_move_to",
    "train_volunteer",
    "undo_transition",
    "wait_for_class",
    "write_profile",
]
