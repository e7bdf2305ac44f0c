"""Changes of state in services: one verb, one function, one transaction; doing it twice is harmless."""

from circle.booking.slots import close_slot
from services.actions.attendance import (
    book_walk_in,
    check_in_booking,
    complete_booking,
    excuse_absence,
    record_no_show,
    undo_transition,
)
from services.actions.bookings import book_slot
from services.actions.certificates import issue_certificate, revoke_certificate
from services.actions.changes import cancel_booking, move_booking, revoke_booking
from services.actions.line_clock import tend_line
from services.actions.no_shows import object_to_no_show, reject_objection
from services.actions.registers import confirm_entry, end_entry, enter_in_register, revise_entry
from services.actions.reminders import send_reminders
from services.actions.slots import forget_empty_slots, lay_out_slots, move_places, open_share, reopen_slot
from services.actions.stranded import move_to_like_time
from services.actions.waiting import accept_offer, decline_offer, join_line, leave_line

__all__ = [
    "accept_offer",
    "book_slot",
    "book_walk_in",
    "cancel_booking",
    "check_in_booking",
    "close_slot",
    "complete_booking",
    "confirm_entry",
    "decline_offer",
    "end_entry",
    "enter_in_register",
    "excuse_absence",
    "forget_empty_slots",
    "issue_certificate",
    "join_line",
    "lay_out_slots",
    "leave_line",
    "move_booking",
    "move_places",
    "move_to_like_time",
    "object_to_no_show",
    "open_share",
    "record_no_show",
    "reject_objection",
    "reopen_slot",
    "revise_entry",
    "revoke_booking",
    "revoke_certificate",
    "send_reminders",
    "tend_line",
    "undo_transition",
]
