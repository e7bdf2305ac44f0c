from eldercare.models.bookings import CareBooking, CareBookingQuerySet
from eldercare.models.certificates import Certificate, Skill
from eldercare.models.checks import CareCheck
from eldercare.models.kinds import Arrangement, CareKind, CareQuestion
from eldercare.models.slots import CareShift, CareSlot

__all__ = [
    "Arrangement",
    "CareBooking",
    "CareBookingQuerySet",
    "CareCheck",
    "CareKind",
    "CareQuestion",
    "CareShift",
    "CareSlot",
    "Certificate",
    "Skill",
]
