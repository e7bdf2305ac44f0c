from services.models.bookings import Booking, BookingQuerySet
from services.models.catalogue import (
    Audience,
    Category,
    Material,
    ServiceItem,
    ServiceItemQuerySet,
    Step,
)
from services.models.counters import (
    Counter,
    CounterClosure,
    CounterShift,
    Slot,
    next_online_slot,
    online_slots,
)

__all__ = [
    "Audience",
    "Booking",
    "BookingQuerySet",
    "Category",
    "Counter",
    "CounterClosure",
    "CounterShift",
    "Material",
    "ServiceItem",
    "ServiceItemQuerySet",
    "Slot",
    "Step",
    "next_online_slot",
    "online_slots",
]
