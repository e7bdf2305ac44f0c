from services.models.bookings import Booking, BookingQuerySet
from services.models.catalogue import (
    Audience,
    Category,
    Material,
    ServiceItem,
    ServiceItemQuerySet,
    Step,
)
from services.models.counters import Counter, Slot, days_with_online_slots, next_online_slot

__all__ = [
    "Audience",
    "Booking",
    "BookingQuerySet",
    "Category",
    "Counter",
    "Material",
    "ServiceItem",
    "ServiceItemQuerySet",
    "Slot",
    "Step",
    "days_with_online_slots",
    "next_online_slot",
]
