from services.admin import bookings, catalogue, counters, slots

__all__ = ["bookings", "catalogue", "counters", "slots"]
