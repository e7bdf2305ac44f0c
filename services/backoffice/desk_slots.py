"""The times that a desk may give, and those a booking may be moved to."""

import datetime as dt

from django.db.models import QuerySet

from circle.models import Facility
from services.actions.other_bookings import without_days_of
from services.models import Booking, ServiceItem, Slot
from services.models.counters import SlotQuerySet


def slots_at_desk(item: ServiceItem, facility: Facility, at: dt.datetime) -> SlotQuerySet:
    """Those at this place that have a place left."""
    slots = Slot.objects.upcoming_for(item, at, with_running=True)
    return slots.filter(counter__facility=facility).with_places_left()


def one_share_each(slots: "QuerySet[Slot]") -> list[Slot]:
    """Of each time the share for phone and window, else the one online."""
    found: dict[tuple[int, dt.datetime], Slot] = {}
    # By channel, "counter" comes before "online".
    in_order = slots.order_by("starts_at", "counter", "channel")
    for slot in in_order.select_related("counter__facility"):
        found.setdefault((slot.counter_id, slot.starts_at), slot)
    return list(found.values())


def slots_to_move_to(booking: Booking, at: dt.datetime) -> SlotQuerySet:
    """At the booking's place, or at every other where that one has none; without the days on which the
    person has the item already, unless it is given several times in a row. So `move_booking` takes what the
    page offers."""
    item = booking.item
    others = Booking.objects.live().filter(resident=booking.resident_id, item=item).exclude(pk=booking.pk)
    slots = without_days_of(Slot.objects.upcoming_for(item, at), others, item).with_places_left()
    slots = slots.exclude(counter=booking.slot.counter_id, starts_at=booking.slot.starts_at)
    here = slots.filter(counter__facility=booking.slot.counter.facility_id)
    return here if here.exists() else slots
