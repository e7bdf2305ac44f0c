"""Slots of any app: generated from a timetable, closed and reopened, claimed and locked."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.capacity import ClosedBy, TimeSlot
from circle.calendar.opening_hours import Span
from circle.models import User

Row = TypeVar("Row", bound=TimeSlot)


@transaction.atomic
def sync_slots(
    *,
    coming: "models.QuerySet[Row]",
    wanted: Mapping[Any, Row],
    key: Callable[[Row], Any],
    spans: Collection[Span],
) -> int:
    """Create the wanted slots that are missing; returns their number. One query where nothing has changed.

    `coming`: the slots of one owner that have not begun; `wanted`: unsaved rows by what `key` gives; `spans`:
    the hours that they fill.
    A slot that no longer fits (a closure, a holiday, new hours) is closed, and reopened when it fits again;
    one that staff closed stays closed. Where only the length of slots has changed, one that somebody has
    booked remains as it is, and no other is laid over it; the rest get the new length. The capacity of
    existing slots is unchanged; one without any place is not created.
    """
    known = {key(slot): slot for slot in coming}
    held = _held_slots(known, wanted, spans)
    wanted = {
        name: slot
        for name, slot in wanted.items()
        if not any(is_overlapping(slot, other) for other in held.values())
    }
    held |= {
        name: slot for name, slot in _booked_slots(known, spans).items() if name not in wanted
    }  # its longer successor would lie over another one
    new = [slot for name, slot in wanted.items() if name not in known and slot.capacity]
    # Another machine may create the same slot at once: the unique key admits only one.
    coming.model._default_manager.bulk_create(new, ignore_conflicts=True)
    coming.model._default_manager.bulk_update(_with_new_ends(known, wanted), ["ends_at"])
    gone = [slot for name, slot in known.items() if name not in wanted and name not in held]
    back = [slot for name, slot in known.items() if name in wanted or name in held]
    _follow_timetable(coming, gone, ClosedBy.NOBODY, ClosedBy.TIMETABLE)
    _follow_timetable(coming, back, ClosedBy.TIMETABLE, ClosedBy.NOBODY)
    return len(new)


def _booked_slots(known: Mapping[Any, Row], spans: Collection[Span]) -> dict[Any, Row]:
    """Those with a place taken that lie within the hours; staff who closed one see to its bookings."""
    return {
        name: slot
        for name, slot in known.items()
        if slot.taken
        and slot.closed_by != ClosedBy.STAFF
        and any(span.start <= slot.starts_at and slot.ends_at <= span.end for span in spans)
    }


def _held_slots(
    known: Mapping[Any, Row], wanted: Mapping[Any, Row], spans: Collection[Span]
) -> dict[Any, Row]:
    """Booked ones that begin at another minute than any wanted one, or last longer than theirs."""
    unlike = {
        name: slot
        for name, slot in known.items()
        if name not in wanted or wanted[name].ends_at < slot.ends_at
    }
    return _booked_slots(unlike, spans)


def is_overlapping(one: TimeSlot, two: TimeSlot) -> bool:
    return one.starts_at < two.ends_at and two.starts_at < one.ends_at


def _with_new_ends(known: Mapping[Any, Row], wanted: Mapping[Any, Row]) -> list[Row]:
    changed = []
    for name, slot in known.items():
        if name in wanted and slot.ends_at != wanted[name].ends_at:
            slot.ends_at = wanted[name].ends_at
            changed.append(slot)
    return changed


def _follow_timetable(coming: "models.QuerySet[Row]", slots: list[Row], now: str, then: str) -> None:
    keys = [slot.pk for slot in slots if slot.closed_by == now]
    if keys:
        coming.filter(pk__in=keys, closed_by=now).update(closed_by=then)


@transaction.atomic
def close_slot(*, slot: Any, at: dt.datetime, by: User) -> None:
    """Stop new bookings; existing ones remain. Closing a closed slot changes nothing."""
    rows = type(slot)._default_manager.filter(pk=slot.pk, closed_by=ClosedBy.NOBODY)
    if rows.update(closed_by=ClosedBy.STAFF):
        record(verb="slot_closed", subject=slot, community=slot.community_id, at=at, actor=by)
    slot.refresh_from_db()


@transaction.atomic
def reopen_slot(*, slot: Any, at: dt.datetime, by: User) -> None:
    """Reopen a slot that staff closed; one closed by the timetable reopens with the timetable."""
    rows = type(slot)._default_manager.filter(pk=slot.pk, closed_by=ClosedBy.STAFF)
    if rows.update(closed_by=ClosedBy.NOBODY):
        record(verb="slot_reopened", subject=slot, community=slot.community_id, at=at, actor=by)
    slot.refresh_from_db()


def claim(slot: TimeSlot, in_time: Q) -> None:
    """Take a place; the refusal names the reason.

    Refuses: slot_closed, slot_past, full.
    """
    try:
        slot.take(1, in_time, closed_by=ClosedBy.NOBODY)
    except ValidationError:
        raise slot_refusal(slot, in_time) from None


def refuse_if_unavailable(slot: TimeSlot, in_time: Q) -> None:
    """Check before any write, so that a full slot costs a query only; only `claim` is safe from races.

    Refuses: slot_closed, slot_past, full.
    """
    slot.refresh_from_db()
    if slot.left < 1 or not slot.is_open:
        raise slot_refusal(slot, in_time)


def slot_refusal(slot: TimeSlot, in_time: Q) -> ValidationError:
    slot.refresh_from_db()
    if not slot.is_open:
        return ValidationError(_("This time is closed. Please choose another."), code="slot_closed")
    if not type(slot)._default_manager.filter(in_time, pk=slot.pk).exists():
        return ValidationError(_("This time is over. Please choose another."), code="slot_past")
    return ValidationError(
        _("The last place at this time has just been taken. Please choose another time."), code="full"
    )


def lock_slots(*slots: TimeSlot) -> None:
    """Lock the rows in the order of their keys, so that two bookings that swap slots never deadlock."""
    rows = type(slots[0])._default_manager.filter(pk__in=[slot.pk for slot in slots]).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))
