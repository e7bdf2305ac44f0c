from services.admin import bookings, catalogue, counters, slots, waiting

__all__ = ["bookings", "catalogue", "counters", "slots", "waiting"]
