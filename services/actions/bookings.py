"""Booking a slot, and what changes a booking before its time: cancel, revoke, move, remind."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.reminders import due_reminders
from circle.booking.slots import claim, lock_slots, refuse_if_unavailable
from circle.booking.transitions import change_status, checked_reason
from circle.calendar.opening_hours import clock_text
from circle.calendar.working_days import SHANGHAI
from circle.identifiers.public_codes import new_code
from circle.models import Mandate, Resident, User, Via
from circle.notifications import notify
from circle.permissions.age_bands import exception_details, refuse_unsuited
from circle.permissions.on_behalf import (
    lock_mandate,
    login_to_notify,
    mandate_details,
    mandate_for,
    mandate_in_force,
    mandate_to_represent,
)
from services.actions.other_bookings import FIRST, already_booked_error, first_ordinal, next_ordinal
from services.models import Booking, ServiceItem, Slot
from services.models.bookings import stranded_at

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
    day), busy (the person has another one at that time), day_limit (rule hall_bookings_per_day),
    slot_closed, slot_past, full.
    """
    coming = Q(starts_at__gt=at)
    return create_booking(
        item=item,
        slot=slot,
        resident=resident,
        via=via,
        at=at,
        by=by,
        in_time=coming,
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
    by: User,
    in_time: Q,
    status: str = Status.BOOKED,
    code: str = "",
    age_reason: str = "",
) -> Booking:
    """The common part of booking and walk-in. The slot is claimed last: its row is what a crowd waits for.

    Whoever changes a booking takes the booking's row before the slot's, everywhere: so nobody deadlocks.
    """
    check_item(item, slot, via, at)
    mandate = check_person(item, slot, resident, via, by)
    age_reason = refuse_unsuited(item.age_bands, resident, via=via, at=at, reason=age_reason)
    if not (slot.left and slot.is_open):  # as it was read: then the writes are not worth beginning
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
    ordinal: Any = first_ordinal(booking)
    for _attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                insert_booking(booking, ordinal, at=at, by=by)
                claim(slot, in_time)
        except IntegrityError:  # the person has another booking of that day
            ordinal = next_ordinal(booking, slot)
        else:
            return booking
    raise already_booked_error()


def insert_booking(booking: Booking, ordinal: Any, *, at: dt.datetime, by: User) -> None:
    """Write the booking, its record and its message."""
    mandate = booking.mandate
    lock_mandate(mandate, at)
    booking.ordinal = ordinal
    booking.save(force_insert=True)
    if not isinstance(ordinal, int):  # it was worked out in the INSERT
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
        notify_booking(booking, "booking_made", at, dedupe=f"booking_made:{booking.pk}")


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


def check_person(item: ServiceItem, slot: Slot, resident: Resident, via: str, by: User) -> Mandate | None:
    """The mandate under which `by` acts, if it is not their own booking and they are not staff."""
    if resident.community_id != slot.community_id:
        raise ValidationError(_("This person lives in another community."), code="other_community")
    return mandate_for(
        by=by,
        resident=resident,
        scope=Mandate.Scope.BOOKINGS,
        via=via,
        staff_permission="services.add_booking",
    )


def refuse_double_booking(item: ServiceItem, slot: Slot, resident: Resident) -> None:
    """Asked before `slot full` is: an existing booking of that day is the more useful answer."""
    if Booking.objects.live().filter(resident=resident, item=item, day=slot.day).exists():
        raise already_booked_error()


@transaction.atomic
def cancel_booking(
    *, booking: Booking, at: dt.datetime, via: str, by: User | None = None, is_proved: bool = False
) -> Booking:
    """Cancel at the resident's wish: online until the item's deadline, by staff until the start.

    `is_proved`: phone number and booking code stand for the person, whoever is signed in; `by` may be None.
    Refuses: too_late, already_cancelled, not_possible (arrived, served …), not_allowed (online `by` may not
    act for the resident, or the mandate has ended meanwhile).
    """
    check_deadline(booking, at, via)
    mandate = mandate_for_change(booking, via, by, is_proved=is_proved)
    lock_mandate(mandate, at)
    change_status(
        booking,
        verb="booking_cancelled",
        allowed=[Status.BOOKED],
        to=Status.CANCELLED,
        at=at,
        by=by,
        rows=Booking.objects.filter(slot=booking.slot_id),  # the place that is given back below
        details={"via": via} | mandate_details(mandate),
    )
    booking.slot.give_back(1)
    notify_booking(booking, "booking_cancelled", at, dedupe=f"booking_cancelled:{booking.pk}")
    return booking


@transaction.atomic
def revoke_booking(*, booking: Booking, at: dt.datetime, by: User, reason: str) -> Booking:
    """Call off a booking from our side and notify the person; or take back a walk-in entered by mistake.

    Refuses: reason_missing, reason_too_long, already_revoked, not_possible, changed_meanwhile.
    """
    reason = checked_reason(reason)
    is_walk_in = booking.via == Via.WALK_IN
    change_status(
        booking,
        verb="booking_revoked",
        allowed=[Status.ARRIVED] if is_walk_in else [Status.BOOKED],
        to=Status.REVOKED,
        at=at,
        by=by,
        rows=Booking.objects.filter(slot=booking.slot_id),  # the place that is given back below
        reason=reason,
    )
    booking.slot.give_back(1)
    if not is_walk_in:  # who stands at the window needs no message
        notify_booking(booking, "booking_revoked", at, dedupe=f"booking_revoked:{booking.pk}", reason=reason)
    return booking


def move_booking(
    *,
    booking: Booking,
    slot: Slot,
    at: dt.datetime,
    via: str,
    by: User | None = None,
    is_proved: bool = False,
) -> Booking:
    """Give the booking another time; its code stays the same; `is_proved` as for `cancel_booking`.

    Refuses: too_late, same_slot, not_bookable, wrong_slot, other_community, too_far_ahead, slot_closed,
    slot_past, full, already_booked, busy, day_limit, not_possible, not_allowed (as for `cancel_booking`).
    """
    check_deadline(booking, at, via)
    if slot.pk == booking.slot_id:
        raise ValidationError(_("It is booked for this time already."), code="same_slot")
    check_item(booking.item, slot, via, at)
    old, mandate = booking.slot, mandate_for_change(booking, via, by, is_proved=is_proved)
    is_live = booking.status == Status.BOOKED  # any other is refused below, with its own reason
    ordinal = next_ordinal(booking, slot, is_limited=slot.day != booking.day) if is_live else booking.ordinal
    try:
        with transaction.atomic():
            lock_mandate(mandate, at)
            change_status(
                booking,
                verb="booking_moved",
                allowed=[Status.BOOKED],
                to=Status.BOOKED,
                at=at,
                by=by,
                rows=Booking.objects.filter(slot=old),  # nobody has moved it meanwhile
                details={"source": old.pk, "target": slot.pk, "via": via} | mandate_details(mandate),
                slot=slot,
                day=slot.day,
                ordinal=ordinal,
                reminded_at=None,
            )
            lock_slots(old, slot)
            old.give_back(1)
            claim(slot, Q(starts_at__gt=at))
            once = f"booking_moved:{booking.pk}:{at.isoformat()}"
            notify_booking(booking, "booking_moved", at, dedupe=once)
    except IntegrityError as clash:
        booking.refresh_from_db()
        raise already_booked_error() from clash
    except ValidationError:
        booking.refresh_from_db()
        raise
    return booking


def mandate_for_change(booking: Booking, via: str, by: User | None, *, is_proved: bool) -> Mandate | None:
    """The mandate of who changes it online in the resident's name.

    Where phone number and code stand for the person and the resident has neither phone nor login, it was the
    number of who booked for them.
    Refuses: not_allowed.
    """
    if via != Via.ONLINE:
        return None
    if by and is_proved:
        return mandate_in_force(by, booking.resident, Mandate.Scope.BOOKINGS)
    if by:
        return mandate_to_represent(by, booking.resident, Mandate.Scope.BOOKINGS)
    has_number = booking.resident.phone_index or booking.resident.login_id
    return None if has_number else booking.mandate


def check_deadline(booking: Booking, at: dt.datetime, via: str) -> None:
    """Only for a live booking: `change_status` refuses every other one, with its own reason.

    Refuses: too_late.
    """
    until = booking.cancellable_until if via == Via.ONLINE else booking.slot.starts_at
    if booking.status == Status.BOOKED and at > until and not may_change_late(booking, at):
        raise ValidationError(
            _("It could be changed here until %(until)s. Please phone us."),
            code="too_late",
            params={"until": format_day_and_time(until)},
        )


def may_change_late(booking: Booking, at: dt.datetime) -> bool:
    """Whose time no longer takes place may take another one or give up until it would have begun."""
    return Booking.objects.stranded(at).filter(pk=booking.pk).exists()


def format_day_and_time(at: dt.datetime) -> str:
    local = at.astimezone(SHANGHAI)
    return gettext("%(day)s, %(time)s") % {
        "day": date_format(local, "MONTH_DAY_FORMAT"),
        "time": clock_text(local),
    }


def notify_booking(booking: Booking, event: str, at: dt.datetime, *, dedupe: str, reason: str = "") -> None:
    """To the resident, or to who acts for them where the resident has no phone."""
    counter = booking.slot.counter
    notify(
        event=event,
        community=booking.community_id,
        resident=booking.resident,
        user=login_to_notify(booking.resident, booking.mandate, at),
        at=at,
        dedupe=dedupe,
        values={
            "code": booking.code,
            "starts_at": booking.slot.starts_at,
            "item": booking.item.name_pair,
            "place": (counter.facility.name_zh, counter.facility.name_en),
            "reason": reason,
        },
    )


def send_reminders(*, at: dt.datetime) -> int:
    """Remind of tomorrow's bookings, and of today's where the eve was missed; returns their number.

    Once each, and not of what was made or moved on the eve or later.
    """
    due = Q()
    for day, arranged_before in due_reminders(at):
        due |= Q(day=day, status_at__lt=arranged_before)  # since then it was neither made nor moved
    rows = Booking.objects.filter(
        due,
        status=Status.BOOKED,
        slot__starts_at__gt=at,
        reminded_at=None,
        resident__died_on=None,
    ).select_related("community", "resident__login", "booked_by", "item", "slot__counter__facility")
    rows = rows.exclude(stranded_at(at))  # they hear from staff
    return sum(_remind_one(booking, at) for booking in rows)


@transaction.atomic
def _remind_one(booking: Booking, at: dt.datetime) -> bool:
    still = Booking.objects.filter(pk=booking.pk, status=Status.BOOKED, reminded_at=None, slot=booking.slot)
    if not still.update(reminded_at=at):
        return False
    notify_booking(booking, "booking_reminder", at, dedupe=f"booking_reminder:{booking.pk}:{booking.slot_id}")
    return True
