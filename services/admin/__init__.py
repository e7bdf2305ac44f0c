from services.admin import bookings, catalogue, certificates, counters, slots, tickets, waiting

__all__ = ["bookings", "catalogue", "certificates", "counters", "slots", "tickets", "waiting"]
