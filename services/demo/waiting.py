"""A day of the law clinic that is full, who waits for it, and one to whom a place is offered."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone

from circle.demo.messages import send_demo_messages
from circle.demo.staff import demo_clerk
from circle.models import Community, Resident, User, Via
from services import actions
from services.models import Booking, HallWaiting, ServiceItem, Slot

ITEM = "CV01"  # the lawyer: one place at a time
WAITING = 3


def load_waiting(community: Community) -> None:
    """Once, while the item is booked."""
    if HallWaiting.objects.filter(community=community).exists():
        return
    item = ServiceItem.objects.filter(community=community, code=ITEM, is_bookable=True).first()
    if item is None:
        return
    at, clerk = timezone.now(), demo_clerk(community)
    people = list(Resident.objects.filter(community=community).living().order_by("-pk"))
    day = fill_day(item, people, at, clerk)
    if day is None:
        return
    for person in people[:WAITING]:
        wait_for(item, person, day, at, clerk)
    booking = Booking.objects.live().shown().filter(item=item, day=day).order_by("pk").first()
    if booking:
        send_demo_messages(at)  # before it is called off
        actions.cancel_booking(booking=booking, at=at, via=Via.PHONE, by=clerk)


def fill_day(item: ServiceItem, people: list[Resident], at: dt.datetime, clerk: User) -> dt.date | None:
    """The last day that can be booked; the people who take its places have nothing else then, and
    come from the end of the list."""
    slots = Slot.objects.bookable(item, at, timezone.localdate(at)).select_related("community", "counter")
    last: dt.date | None = slots.order_by("-day").values_list("day", flat=True).first()
    if last is None:
        return None
    busy = set(Booking.objects.live().filter(day=last).values_list("resident", flat=True))
    takers = (person for person in reversed(people) if person.pk not in busy)
    for slot in slots.filter(day=last).order_by("starts_at", "channel"):
        for _place in range(slot.left):
            take_place(item, slot, next(takers), at, clerk)
    return last


def take_place(item: ServiceItem, slot: Slot, person: Resident, at: dt.datetime, clerk: User) -> None:
    actions.book_slot(
        item=item, slot=slot, resident=person, via=Via.PHONE, at=at, by=clerk, age_reason="演示"
    )


def wait_for(item: ServiceItem, person: Resident, day: dt.date, at: dt.datetime, clerk: User) -> None:
    """Nobody for whom it is not meant, or who has a booking already."""
    try:
        actions.join_line(
            item=item, resident=person, first_day=day, last_day=day, via=Via.PHONE, at=at, by=clerk
        )
    except ValidationError:
        return
