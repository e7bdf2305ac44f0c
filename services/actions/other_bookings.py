"""A resident's other bookings of a day: never two at one minute, and no more than the rule allows.

Each live booking of a resident and day has a number of its own, unique in the database: of two that are made
at once the second fails, reads the first and is checked against it.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db.models import Case, Exists, PositiveSmallIntegerField, Value, When
from django.utils.translation import gettext_lazy as _

from circle.booking.slots import is_overlapping
from circle.calendar import legal_parameters
from circle.models import Via
from services.models import Booking, Slot

RULE = "hall_bookings_per_day"
FIRST = 1


def first_ordinal(booking: Booking) -> Case:
    """The number of the only booking of that day, as part of the INSERT, so that it costs no query.

    Null, which the column refuses with an IntegrityError, where the resident has another live one.
    """
    others = Booking.objects.live().filter(resident=booking.resident_id, day=booking.day)
    return Case(
        When(Exists(others), then=Value(None)),
        default=Value(FIRST),
        output_field=PositiveSmallIntegerField(),
    )


def next_ordinal(booking: Booking, slot: Slot, *, is_limited: bool = True) -> int:
    """The lowest free number on the day of this slot, after looking at the resident's others of that day.

    Who stands at the window without a booking is taken in: the last two refusals are not theirs.
    Refuses: already_booked (the same item), busy (at that time), day_limit.
    """
    live = Booking.objects.live().filter(resident=booking.resident_id, day=slot.day)
    others = list(live.exclude(pk=booking.pk).select_related("slot"))
    if any(other.item_id == booking.item_id for other in others):
        raise already_booked_error()
    if booking.via != Via.WALK_IN:
        refuse_overlap(slot, others)
        if is_limited:
            refuse_above_limit(slot.day, len(others))
    taken = {other.ordinal for other in others}
    return next(number for number in range(FIRST, len(taken) + 2) if number not in taken)


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
    """The rule in force on that day; without one there is no limit."""
    try:
        return int(legal_parameters.rule_value(RULE, "most", on=day))
    except ValidationError:
        return None


def already_booked_error() -> ValidationError:
    return ValidationError(
        _("There is already a booking for this person, item and day."), code="already_booked"
    )
