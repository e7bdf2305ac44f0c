from services.admin import bookings, catalogue, certificates, counters, registers, slots, waiting

__all__ = ["bookings", "catalogue", "certificates", "counters", "registers", "slots", "waiting"]
