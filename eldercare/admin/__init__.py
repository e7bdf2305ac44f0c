from eldercare.admin import bookings, certificates, duties, kinds, slots, volunteers

__all__ = ["bookings", "certificates", "duties", "kinds", "slots", "volunteers"]
