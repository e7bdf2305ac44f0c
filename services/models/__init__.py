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
from services.models.residence import ResidenceRule
from services.models.waiting import HallWaiting, HallWaitingQuerySet

__all__ = [
    "Audience",
    "Booking",
    "BookingQuerySet",
    "Category",
    "Counter",
    "CounterClosure",
    "CounterShift",
    "HallWaiting",
    "HallWaitingQuerySet",
    "Material",
    "ResidenceRule",
    "ServiceItem",
    "ServiceItemQuerySet",
    "Slot",
    "Step",
    "next_online_slot",
    "online_slots",
]
