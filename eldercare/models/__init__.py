from eldercare.models.bookings import CareBooking, CareBookingQuerySet
from eldercare.models.kinds import Arrangement, CareKind, CareQuestion
from eldercare.models.slots import CareShift, CareSlot

__all__ = [
    "Arrangement",
    "CareBooking",
    "CareBookingQuerySet",
    "CareKind",
    "CareQuestion",
    "CareShift",
    "CareSlot",
]
