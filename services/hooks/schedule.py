"""What the hall does each minute, and the invariants it checks: the hooks `tick` and `invariants`."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, F, Q

from circle.models import Community
from services.actions import forget_empty_slots, lay_out_slots, send_reminders, tend_line
from services.models import Booking, Slot
from services.models.bookings import FREED


def tick(at: dt.datetime) -> Iterator[str]:
    for community in Community.objects.all():
        yield f"{lay_out_slots(community=community, at=at)} slots laid out in {community.slug}"
    yield f"{tend_line(at=at)} places of the waiting list"
    yield f"{send_reminders(at=at)} reminders"
    yield f"{forget_empty_slots(at=at)} empty slots removed"


def find_violations() -> Iterator[str]:
    """Each slot's counter against its bookings, and each booking against its slot."""
    booked = Count("bookings", filter=~Q(bookings__status__in=FREED), distinct=True)
    slots = Slot.objects.annotate(held=booked + Count("offers", distinct=True))
    for pk, taken, held in slots.exclude(taken=F("held")).values_list("pk", "taken", "held"):
        yield f"slot {pk}: {taken} taken, {held} bookings and offers hold a place"
    astray = Booking.objects.exclude(day=F("slot__day"), community=F("slot__community"))
    for pk in astray.values_list("pk", flat=True):
        yield f"booking {pk}: its slot is of another day or community"
