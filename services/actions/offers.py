"""Places that become free go to the waiting list first, in the transaction that frees them.

Whoever frees a place locks its counter before the slot, and whoever joins the line locks it too: so nobody
waits beside an empty place. Then comes the slot, and last a row of the line.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation

from circle.booking.capacity import ClosedBy
from circle.booking.change_rules import format_day_and_time
from circle.booking.transitions import change_status
from circle.booking.waiting import WaitingStatus as Status
from circle.booking.waiting import answer_deadline
from circle.notifications import Value, notify
from circle.permissions.on_behalf import login_to_notify
from services.models import Counter, HallWaiting, ServiceItem, Slot
from services.models.counters import SlotQuerySet

LAST_USEFUL = dt.timedelta(hours=1)  # before the start: until then somebody can still come


def lock_counter(pk: int) -> None:
    list(Counter.objects.filter(pk=pk).select_for_update(no_key=True).values_list("pk"))


def lock_counters(item: ServiceItem) -> None:
    rows = Counter.objects.filter(pk__in=item.counters.values("pk")).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))


def serve_line(slot: Slot, at: dt.datetime) -> int:
    """Offer the free places of this slot, whose counter is locked; returns the number of offers.

    Who cannot be given enough time to answer is left out, and stays where they are in the line.
    """
    last_moment = slot.starts_at - LAST_USEFUL
    if last_moment <= at or not HallWaiting.objects.to_serve(slot).exists():
        return 0
    slot.refresh_from_db(fields=["taken", "capacity", "closed_by"])
    made = 0
    for row in HallWaiting.objects.to_serve(slot):
        if not (slot.left and slot.is_open):
            break
        until = answer_deadline(
            resident=row.resident,
            user=login_to_notify(row.resident, row.mandate, at),
            last_moment=last_moment,
            at=at,
        )
        made += until is not None and offer_place(row, slot, until, at)
    return made


def offer_place(row: HallWaiting, slot: Slot, until: dt.datetime, at: dt.datetime) -> bool:
    """Whether it was made: another place may have been offered to them at this moment."""
    try:
        with transaction.atomic():
            change_status(
                row,
                verb="waiting_offered",
                allowed=[Status.WAITING],
                to=Status.OFFERED,
                at=at,
                by=None,
                details={"slot": slot.pk},
                offer_until=until,
                slot=slot,
            )
            slot.take(1, closed_by=ClosedBy.NOBODY)
    except ValidationError:
        return False
    notify_waiting(row, "waiting_offered", at)
    return True


def serve_slots(slots: SlotQuerySet, at: dt.datetime) -> int:
    """Offer what is free in these slots, earliest first; for slots that were added, opened or missed."""
    waited_for = HallWaiting.objects.waiting().values("item__counters")
    free = slots.open().upcoming(at).with_places_left().filter(counter__in=waited_for)
    return sum(serve_one(slot, at) for slot in free.select_related("counter").order_by("starts_at", "pk"))


@transaction.atomic
def serve_one(slot: Slot, at: dt.datetime) -> int:
    lock_counter(slot.counter_id)
    return serve_line(slot, at)


def notify_waiting(row: HallWaiting, event: str, at: dt.datetime) -> None:
    """To the resident, or to who acts for them where the resident has no phone."""
    values: dict[str, Value] = {"code": row.code, "item": row.item.name_pair}
    if row.slot and row.offer_until:
        facility = row.slot.counter.facility
        values |= {"expires_at": row.offer_until, "place": (facility.name_zh, facility.name_en)}
        values["time"] = time_pair(row.slot.starts_at)
    notify(
        event=event,
        community=row.community_id,
        resident=row.resident,
        user=login_to_notify(row.resident, row.mandate, at),
        at=at,
        dedupe=f"{event}:{row.pk}:{at.isoformat()}",
        values=values,
    )


def time_pair(starts_at: dt.datetime) -> tuple[str, str]:
    """In Chinese and in English."""
    texts = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            texts.append(format_day_and_time(starts_at))
    return texts[0], texts[1]
