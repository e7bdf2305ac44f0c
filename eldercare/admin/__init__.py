from eldercare.admin import bookings, kinds, slots

__all__ = ["bookings", "kinds", "slots"]
