"""Changes of state in elder care: one verb, one function, one transaction; doing it twice is harmless."""

from circle.booking.change_rules import format_day_and_time
from circle.booking.slots import close_slot, reopen_slot
from eldercare.actions.alarms import move_home_time, raise_late_escorts, raise_missing_alarms
from eldercare.actions.answers import Answers, forget_answers
from eldercare.actions.assigning import assign_worker
from eldercare.actions.bookings import (
    book_slot,
    cancel_booking,
    request_care,
    revoke_booking,
)
from eldercare.actions.checks import Measured, record_check
from eldercare.actions.in_service import begin_care, next_free_times, stop_for_safety
from eldercare.actions.moving import move_booking, next_open_day, times_to_move_to
from eldercare.actions.outcomes import (
    complete_booking,
    confirm_booking,
    record_not_home,
    settle_not_home,
    undo_transition,
)
from eldercare.actions.reminders import send_reminders
from eldercare.actions.slots import forget_empty_slots, lay_out_slots

__all__ = [
    "Answers",
    "Measured",
    "assign_worker",
    "begin_care",
    "book_slot",
    "cancel_booking",
    "close_slot",
    "complete_booking",
    "confirm_booking",
    "forget_answers",
    "forget_empty_slots",
    "format_day_and_time",
    "lay_out_slots",
    "move_booking",
    "move_home_time",
    "next_free_times",
    "next_open_day",
    "raise_late_escorts",
    "raise_missing_alarms",
    "record_check",
    "record_not_home",
    "reopen_slot",
    "request_care",
    "revoke_booking",
    "send_reminders",
    "settle_not_home",
    "stop_for_safety",
    "times_to_move_to",
    "undo_transition",
]
