from eldercare.admin import bookings, certificates, kinds, slots

__all__ = ["bookings", "certificates", "kinds", "slots"]
