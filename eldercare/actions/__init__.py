"""Changes of state in elder care: one verb, one function, one transaction; doing it twice is harmless."""

from circle.booking.slots import close_slot, reopen_slot
from eldercare.actions.answers import Answers, forget_answers
from eldercare.actions.bookings import ask, book, cancel, remind, revoke
from eldercare.actions.outcomes import assign, confirm, finish, not_home, settle_not_home, undo
from eldercare.actions.slots import forget_empty_care_slots, lay_out_care

__all__ = [
    "Answers",
    "ask",
    "assign",
    "book",
    "cancel",
    "close_slot",
    "confirm",
    "finish",
    "forget_answers",
    "forget_empty_care_slots",
    "lay_out_care",
    "not_home",
    "remind",
    "reopen_slot",
    "revoke",
    "settle_not_home",
    "undo",
]
