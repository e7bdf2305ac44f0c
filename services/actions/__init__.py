"""Changes of state in services: one verb, one function, one transaction; doing it twice is harmless."""

from circle.booking.slots import close_slot, reopen_slot
from services.actions.attendance import arrive, excuse, no_show, serve, undo, walk_in
from services.actions.bookings import book, cancel, move, remind, revoke
from services.actions.slots import forget_empty_slots, lay_out_slots, move_places

__all__ = [
    "arrive",
    "book",
    "cancel",
    "close_slot",
    "excuse",
    "forget_empty_slots",
    "lay_out_slots",
    "move",
    "move_places",
    "no_show",
    "remind",
    "reopen_slot",
    "revoke",
    "serve",
    "undo",
    "walk_in",
]
