"""The sheet of a day at one hall: who comes, who is there."""

import datetime as dt
from collections import Counter as Tally
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.backoffice.row_actions import (
    RowAction,
    available_actions,
)
from circle.identifiers.public_codes import typed_code
from circle.models import Facility, Via
from services.backoffice.bookings import BOOKING_ACTIONS, STATES
from services.models import Booking


@dataclass(frozen=True)
class Row:
    booking: Booking
    verbs: list[RowAction]

    @property
    def likely(self) -> list[RowAction]:
        """What is nearly always done next, as a button of its own."""
        return self.verbs[:1]

    @property
    def other(self) -> list[RowAction]:
        return self.verbs[1:]


@dataclass(frozen=True)
class DaySheet:
    """The bookings of one day at one hall that hold a place, by time, with what they add up to."""

    rows: list[Row]
    by_state: list[tuple[Any, int]]
    by_via: list[tuple[Any, int]]


def day_sheet(facility: Facility, day: dt.date, at: dt.datetime) -> DaySheet:
    """One query."""
    found = Booking.objects.filter(community=facility.community_id, slot__counter__facility=facility)
    shown = found.on(day).holding().shown().with_stranded(at)
    bookings = list(shown.order_by("slot__starts_at", "pk"))
    states = Tally(booking.status for booking in bookings)
    channels = Tally(booking.via for booking in bookings)
    return DaySheet(
        [Row(booking, available_actions(BOOKING_ACTIONS, booking, at)) for booking in bookings],
        [(state.label, states[state]) for state in STATES],
        [(via.label, channels[via]) for via in Via],
    )


def booking_here(facility: Facility, typed: str) -> Booking:
    """The booking of this code, which was typed or scanned at this hall.

    Refuses: unknown_code, other_hall.
    """
    code = typed_code(typed)
    bookings = Booking.objects.filter(community=facility.community_id).shown().select_related("community")
    found = bookings.filter(code=code).first() if code.isalnum() else None
    if found is None:
        words = {"code": code[:20]}
        raise ValidationError(_("No booking has the code %(code)s."), code="unknown_code", params=words)
    hall = found.slot.counter.facility
    if hall != facility:
        raise ValidationError(
            _("This booking is for another place: %(place)s."), code="other_hall", params={"place": hall.name}
        )
    return found
