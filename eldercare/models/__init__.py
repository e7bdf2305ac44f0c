from eldercare.models.bookings import CareBooking, CareBookingQuerySet
from eldercare.models.kinds import CareKind, CareQuestion, Way
from eldercare.models.slots import CareShift, CareSlot

__all__ = [
    "CareBooking",
    "CareBookingQuerySet",
    "CareKind",
    "CareQuestion",
    "CareShift",
    "CareSlot",
    "Way",
]
