"""Booking a slot: who may, for what, and that its place is claimed once."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.change_rules import notify_of_change
from circle.booking.slots import claim, refuse_if_unavailable
from circle.calendar.working_days import SHANGHAI
from circle.identifiers.public_codes import new_code
from circle.models import Mandate, Resident, User, Via
from circle.permissions.age_bands import exception_details, refuse_unsuited
from circle.permissions.on_behalf import (
    lock_mandate,
    mandate_details,
    mandate_for,
    refuse_gone,
)
from services.actions.hall_rules import HALL
from services.actions.no_shows import refuse_after_no_shows
from services.actions.other_bookings import FIRST, already_booked_error, first_numbers, next_numbers
from services.models import Booking, ServiceItem, Slot
from services.models.counters import in_time_for

Status = Booking.Status


ATTEMPTS = 4  # of a person whose bookings of one day are made at the same moment


def book_slot(
    *,
    item: ServiceItem,
    slot: Slot,
    resident: Resident,
    via: str,
    at: dt.datetime,
    by: User,
    code: str = "",
    age_reason: str = "",
) -> Booking:
    """Book a place of this slot for the resident, who or whose agent (`by`) asks, or staff on the phone.

    `code`: a new one, where the caller has to know it beforehand. `age_reason`: why staff book it for
    somebody whose age it is not meant for.

    Refuses: not_bookable, wrong_slot, other_community, too_far_ahead (online), not_allowed (`by` may not act
    for the resident), resident_gone, not_for_age, already_booked (one live booking per person, item and
    day), not_in_a_row (of an item that is given several times in a row), busy (the person has another one at
    that time), day_limit (rule hall_bookings_per_day), by_phone_only (online, rule hall_no_shows),
    slot_closed, slot_past, full.
    """
    return create_booking(
        item=item,
        slot=slot,
        resident=resident,
        via=via,
        at=at,
        by=by,
        in_time=in_time_for(item, at),
        code=code,
        age_reason=age_reason,
    )


def create_booking(
    *,
    item: ServiceItem,
    slot: Slot,
    resident: Resident,
    via: str,
    at: dt.datetime,
    by: User | None,
    in_time: Q,
    status: str = Status.BOOKED,
    code: str = "",
    age_reason: str = "",
    is_claimed: bool = False,
    is_proved: bool = False,
    proved_mandate: Mandate | None = None,
) -> Booking:
    """The common part of booking and walk-in. The slot is claimed last: its row is what a crowd waits for.

    Whoever changes a booking takes the booking's row before the slot's, everywhere: so nobody deadlocks.
    `is_claimed`: its place was claimed when it was offered, from either share. `is_proved`: phone number and
    code stand for the person under the `proved_mandate`, whoever is signed in; `by` may be None.
    """
    check_item(item, slot, Via.PHONE if is_claimed else via, at)
    agent = None if is_proved else by
    mandate = check_person(slot, resident, via, agent) or proved_mandate
    age_reason = refuse_unsuited(item.age_bands, resident, via=via, at=at, reason=age_reason)
    if not is_claimed and not (
        slot.left and slot.is_open
    ):  # as it was read: then the writes are not worth beginning
        refuse_double_booking(item, slot, resident)
        refuse_if_unavailable(slot, in_time)
    booking = Booking(
        community_id=slot.community_id,
        slot=slot,
        item=item,
        resident=resident,
        code=code or new_code(),
        day=slot.day,
        status=status,
        status_at=at,
        via=via,
        booked_at=at,
        booked_by=by,
        mandate=mandate,
        age_reason=age_reason,
    )
    return insert_and_claim(booking, None if is_claimed else in_time, at=at, by=by)


def insert_and_claim(booking: Booking, in_time: Q | None, *, at: dt.datetime, by: User | None) -> Booking:
    """The booking under the next free numbers of its day, then its place; without `in_time` that is claimed.

    Refuses: already_booked, by_phone_only, not_in_a_row, busy, day_limit, full, slot_closed,
    slot_past.
    """
    numbers = first_numbers(booking)
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                insert_booking(booking, numbers, at=at, by=by)
                if in_time is not None:
                    claim(booking.slot, in_time)
        except IntegrityError:  # the person has another booking of that day, or stayed away from one
            if booking.via == Via.ONLINE:
                refuse_after_no_shows(booking.resident, at)
            numbers = next_numbers(booking, booking.slot)
        else:
            return booking
    raise already_booked_error()


def insert_booking(booking: Booking, numbers: Mapping[str, Any], *, at: dt.datetime, by: User | None) -> None:
    """Write the booking, its record and its message."""
    mandate = booking.mandate
    lock_mandate(mandate, at)
    for name, number in numbers.items():
        setattr(booking, name, number)
    booking.save(force_insert=True)
    if not isinstance(booking.ordinal, int):  # it was worked out in the INSERT
        booking.ordinal = FIRST
    record(
        verb="booking_made",
        subject=booking,
        community=booking.community_id,
        at=at,
        actor=by,
        after=booking.status,
        slot=booking.slot_id,
        via=booking.via,
        **mandate_details(mandate),
        **exception_details(booking.age_reason),
    )
    if booking.status == Status.BOOKED:  # who stands at the window needs no message
        notify_of_change(HALL, booking, "made", at)


def check_item(item: ServiceItem, slot: Slot, via: str, at: dt.datetime) -> None:
    if item.community_id != slot.community_id:
        raise ValidationError(_("This time belongs to another community."), code="other_community")
    if not item.can_book(slot.day):
        raise ValidationError(_("This item cannot be booked on that day."), code="not_bookable")
    if via == Via.ONLINE and slot.channel != Slot.Channel.ONLINE:
        raise ValidationError(_("This place is kept for phone and window."), code="wrong_slot")
    last = at.astimezone(SHANGHAI).date() + dt.timedelta(days=item.book_days_ahead)
    if via == Via.ONLINE and slot.day > last:
        raise ValidationError(
            _("This item can be booked %(days)s days ahead, not earlier."),
            code="too_far_ahead",
            params={"days": item.book_days_ahead},
        )
    if slot.counter_id not in item.counter_ids:
        raise ValidationError(_("This item is not served at that counter."), code="wrong_slot")


def check_person(slot: Slot, resident: Resident, via: str, by: User | None) -> Mandate | None:
    """The mandate under which `by` acts, if it is not their own booking and they are not staff.

    None, too, where phone number and code stand for the person.
    """
    if resident.community_id != slot.community_id:
        raise ValidationError(_("This person lives in another community."), code="other_community")
    if by is None:
        refuse_gone(resident)
        return None
    return mandate_for(
        by=by,
        resident=resident,
        scope=Mandate.Scope.BOOKINGS,
        via=via,
        staff_permission="services.add_booking",
    )


def refuse_double_booking(item: ServiceItem, slot: Slot, resident: Resident) -> None:
    """Asked before `slot full` is: an existing booking of that day is the more useful answer."""
    live = Booking.objects.live().filter(resident=resident, item=item, day=slot.day)
    if item.times_in_a_row == 1 and live.exists():
        raise already_booked_error()
