from services.admin import (
    bookings,
    cases,
    catalogue,
    certificates,
    counters,
    loans,
    registers,
    repairs,
    slots,
    tickets,
    waiting,
)

__all__ = [
    "bookings",
    "cases",
    "catalogue",
    "certificates",
    "counters",
    "loans",
    "registers",
    "repairs",
    "slots",
    "tickets",
    "waiting",
]
