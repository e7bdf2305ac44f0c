from services.admin import bookings, catalogue, certificates, counters, slots, waiting

__all__ = ["bookings", "catalogue", "certificates", "counters", "slots", "waiting"]
