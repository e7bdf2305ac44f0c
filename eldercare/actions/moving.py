"""A care booking gets another time, and a request another day."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from circle.booking import changes
from circle.booking.change_rules import refuse_late
from circle.calendar.opening_hours import is_closed_on
from circle.calendar.working_days import ONE_DAY, Calendar
from circle.models import Facility, User, Via
from circle.proximity.nearby import facility_timetable
from eldercare.actions.bookings import (
    Status,
    day_of,
    refuse_closed_day,
    refuse_double_booking,
    refuse_far_ahead,
    refuse_not_bookable,
    refuse_past,
)
from eldercare.actions.care_rules import CARE
from eldercare.actions.messages import notify_released_crew
from eldercare.actions.taken_times import free_crew, without_clashes
from eldercare.models import Arrangement, CareBooking, CareSlot
from eldercare.models.bookings import TO_COME


@transaction.atomic
def move_booking(
    *,
    booking: CareBooking,
    at: dt.datetime,
    via: str,
    slot: CareSlot | None = None,
    day: dt.date | None = None,
    by: User | None = None,
    is_proved: bool = False,
    is_told: bool = True,
    reason: str = "",
) -> CareBooking:
    """Give what was booked another time, or what was requested another day; its code stays the same.

    Whoever was assigned is free again and told. Moved online it waits to be confirmed once more; moved by
    staff it is confirmed. `is_proved` as for `cancel_booking`; `reason`: why we move it.

    Refuses: too_late, slot_missing, day_missing, same_slot, not_bookable, wrong_slot, too_far_ahead (online;
    of a day always), day_past, day_closed, already_booked, busy, resident_busy, slot_closed,
    slot_past, full, not_possible, changed_meanwhile, not_allowed.
    """
    refuse_late(CARE, booking, at, via)
    if booking.status in TO_COME:  # any other is refused below, with its own reason
        refuse_unfit(booking, slot, day, at, via)
    before = CareBooking.objects.select_related("assigned_to", "assistant").get(pk=booking.pk)
    notify_released_crew(booking, before.crew, at)  # of the time that they had
    where = changes.Move(
        slot,
        slot.day if slot else day,
        Status.REQUESTED if via == Via.ONLINE else Status.CONFIRMED,
        {
            "starts_at": slot.starts_at if slot else None,
            "part": booking.kind.part_of(slot.starts_at if slot else None),
            "assigned_to": None,
            "assistant": None,
            "passed_check": None,
        },
        rows=CareBooking.objects.filter(assigned_to=before.assigned_to, assistant=before.assistant),
    )
    old = booking.slot
    said: dict[str, Any] = {"at": at, "via": via, "by": by, "is_proved": is_proved, "is_told": is_told}
    changes.move(CARE, booking, where, **said, reason=reason)
    if old:
        free_crew(booking, old, before.crew)
    return booking


def refuse_unfit(
    booking: CareBooking, slot: CareSlot | None, day: dt.date | None, at: dt.datetime, via: str
) -> None:
    """Whether this booking could be made at that time or for that day."""
    kind = booking.kind
    refuse_not_bookable(kind, Arrangement(booking.way))
    if booking.slot_id:
        day, starts_at = refuse_unfit_slot(booking, slot)
        if via == Via.ONLINE:
            refuse_far_ahead(kind, day, at)
    else:
        starts_at = None
        if day is None:
            raise ValidationError(_("Choose a day."), code="day_missing")
        if day == booking.day:
            raise same_time_error()
        refuse_past(day, at)
        refuse_far_ahead(kind, day, at)
        refuse_closed_day(kind, day, at)
    refuse_double_booking(kind, booking.resident, day, starts_at, booking)


def refuse_unfit_slot(booking: CareBooking, slot: CareSlot | None) -> tuple[dt.date, dt.datetime]:
    if slot is None:
        raise ValidationError(_("Choose a time."), code="slot_missing")
    if slot.pk == booking.slot_id:
        raise same_time_error()
    if slot.kind_id != booking.kind_id:
        raise ValidationError(_("This time is for another kind of care."), code="wrong_slot")
    return slot.day, slot.starts_at


def same_time_error() -> ValidationError:
    return ValidationError(_("It is booked for this time already."), code="same_slot")


def times_to_move_to(booking: CareBooking, at: dt.datetime) -> "QuerySet[CareSlot]":
    """With a place, when nothing else is arranged for the elder; so `move_booking` takes what is offered.

    The most like the one it has come first: later than it, and soonest.
    """
    kind, missed = booking.kind, booking.starts_at or at
    last = day_of(at) + dt.timedelta(days=kind.days_ahead)
    others = CareBooking.objects.live().filter(resident=booking.resident_id).exclude(pk=booking.pk)
    free = CareSlot.objects.open().upcoming(at).with_places_left().filter(kind=kind, day__lte=last)
    free = without_clashes(free.exclude(pk=booking.slot_id), others, kind)
    is_later = ExpressionWrapper(Q(starts_at__gte=missed), output_field=BooleanField())
    ranked: QuerySet[CareSlot] = free.annotate(is_later=is_later).order_by("-is_later", "starts_at")
    return ranked


def next_open_day(booking: CareBooking, at: dt.datetime) -> dt.date | None:
    """For a request: the first day after its own, or after today, on which its place is open and nothing of
    this kind is arranged."""
    kind, today = booking.kind, day_of(at)
    last = today + dt.timedelta(days=kind.days_ahead)
    first = max(booking.day or today, today) + ONE_DAY
    if first > last:
        return None
    others = CareBooking.objects.live().filter(resident=booking.resident_id, kind=kind).exclude(pk=booking.pk)
    taken = set(others.values_list("day", flat=True))
    timetable = facility_timetable(Facility.objects.with_timetable(at).get(pk=kind.facility_id))
    calendar = Calendar.load(first, last)
    days = (first + number * ONE_DAY for number in range((last - first).days + 1))
    return next(
        (day for day in days if day not in taken and not is_closed_on(timetable, calendar, day)), None
    )
