"""A resident's other bookings of a day: never two at one minute, and no more than the rule allows.

Each live booking of a resident and day has a number of its own, unique in the database: of two that are made
at once the second fails, reads the first and is checked against it.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Case, Count, Exists, OuterRef, PositiveSmallIntegerField, Q, Value, When
from django.utils.translation import gettext_lazy as _

from circle.booking.slots import is_overlapping
from circle.calendar import legal_parameters
from circle.calendar.rule_numbers import Bounds, checked_numbers
from circle.models import Via
from services.models import Booking, BookingQuerySet, ServiceItem, Slot
from services.models.counters import SlotQuerySet

RULE = "hall_bookings_per_day"
BOUNDS: Bounds = {"most": (1, 99)}
FIRST = 1
A_YEAR = dt.timedelta(days=366)  # longer than any rule about no-shows looks back


def first_numbers(booking: Booking) -> dict[str, Any]:
    """Of the only booking of that day, as part of the INSERT, so that they cost no query.

    Null, which the column refuses with an IntegrityError, where the resident has another live one, or books
    online and stayed away within a year: both are then looked at.
    """
    own = Booking.objects.filter(resident=booking.resident_id)
    asked = [own.live().filter(day=booking.day)]
    if booking.via == Via.ONLINE:
        asked.append(own.no_shows_after(booking.booked_at.date() - A_YEAR))
    ordinal = Case(
        *(When(Exists(rows), then=Value(None)) for rows in asked),
        default=Value(FIRST),
        output_field=PositiveSmallIntegerField(),
    )
    return {"ordinal": ordinal, "item_ordinal": FIRST}


def next_numbers(booking: Booking, slot: Slot, *, is_limited: bool = True) -> dict[str, int]:
    """The lowest free ones on the day of this slot, after looking at the resident's others of that day.

    Who stands at the window without a booking is taken in: the last two refusals are not theirs. Several
    times of one item in a row count as one booking.
    Refuses: already_booked (the same item), not_in_a_row, busy (at that time), day_limit.
    """
    live = Booking.objects.live().filter(resident=booking.resident_id, day=slot.day)
    others = list(live.exclude(pk=booking.pk).select_related("slot"))
    alike = [other for other in others if other.item_id == booking.item_id]
    if alike:
        refuse_apart(booking.item, slot, [other.slot for other in alike])
    if booking.via != Via.WALK_IN:
        refuse_overlap(slot, others)
        if is_limited and not alike:
            refuse_above_limit(slot.day, len({other.item_id for other in others}))
    return {
        "ordinal": lowest_free(other.ordinal for other in others),
        "item_ordinal": lowest_free(other.item_ordinal for other in alike),
    }


def lowest_free(numbers: Iterable[int]) -> int:
    taken = set(numbers)
    return next(number for number in range(FIRST, len(taken) + 2) if number not in taken)


def refuse_apart(item: ServiceItem, slot: Slot, others: Sequence[Slot]) -> None:
    """Where the person has the item that day: only right before or after that, and not too often."""
    if item.times_in_a_row == 1:
        raise already_booked_error()
    if len(others) >= item.times_in_a_row or not any(is_next_to(slot, other) for other in others):
        raise ValidationError(
            _("One person can have this at most %(most)s times a day, one right after the other."),
            code="not_in_a_row",
            params={"most": item.times_in_a_row},
        )


def is_next_to(slot: Slot, other: Slot) -> bool:
    is_adjoining = slot.starts_at == other.ends_at or slot.ends_at == other.starts_at
    return slot.counter_id == other.counter_id and is_adjoining


def without_days_of(slots: SlotQuerySet, others: BookingQuerySet, item: ServiceItem) -> SlotQuerySet:
    """The times besides these live bookings that one person has for the item: of other days, or in a row
    while the item allows one more."""
    found = slots.exclude(day__in=others.values("day"))
    if item.times_in_a_row == 1:
        return found
    beside = Q(slot__ends_at=OuterRef("starts_at")) | Q(slot__starts_at=OuterRef("ends_at"))
    adjoining = others.filter(beside, slot__counter=OuterRef("counter"))
    at_once = others.filter(slot__starts_at__lt=OuterRef("ends_at"), slot__ends_at__gt=OuterRef("starts_at"))
    counted = others.order_by().values("day").annotate(number=Count("pk"))
    used_up = counted.filter(number__gte=item.times_in_a_row).values("day")
    in_a_row = Q(Exists(adjoining), ~Exists(at_once), ~Q(day__in=used_up))
    return slots.filter(Q(pk__in=found.values("pk")) | in_a_row)


def refuse_overlap(slot: Slot, others: list[Booking]) -> None:
    if any(other.via != Via.WALK_IN and is_overlapping(slot, other.slot) for other in others):
        raise ValidationError(_("Something else is booked for this person at this time."), code="busy")


def refuse_above_limit(day: dt.date, others: int) -> None:
    most = bookings_per_day(day)
    if most is not None and others >= most:
        raise ValidationError(
            _("One person can have %(most)s bookings on one day. Please choose another day."),
            code="day_limit",
            params={"most": most},
        )


def bookings_per_day(day: dt.date) -> int | None:
    """The rule in force on that day; without one that can be read there is no limit."""
    try:
        params = legal_parameters.rule_in_force(RULE, on=day).params
        return checked_numbers(params, BOUNDS)["most"]
    except ValidationError:
        return None


def already_booked_error() -> ValidationError:
    return ValidationError(
        _("There is already a booking for this person, item and day."), code="already_booked"
    )
