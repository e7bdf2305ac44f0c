from services.admin import bookings, catalogue, certificates, counters, registers, slots, tickets, waiting

__all__ = ["bookings", "catalogue", "certificates", "counters", "registers", "slots", "tickets", "waiting"]
