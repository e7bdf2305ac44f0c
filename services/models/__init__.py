from services.models.bookings import Booking, BookingQuerySet
from services.models.catalogue import (
    Audience,
    Category,
    Material,
    ServiceItem,
    ServiceItemQuerySet,
    Step,
)
from services.models.counters import Counter, CounterShift, Slot, days_with_online_slots, next_online_slot
from services.models.residence import ResidenceRule

__all__ = [
    "Audience",
    "Booking",
    "BookingQuerySet",
    "Category",
    "Counter",
    "CounterShift",
    "Material",
    "ResidenceRule",
    "ServiceItem",
    "ServiceItemQuerySet",
    "Slot",
    "Step",
    "days_with_online_slots",
    "next_online_slot",
]
