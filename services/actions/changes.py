"""A hall booking is cancelled, called off or moved."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.booking.slots import claim, lock_slots
from circle.booking.transitions import change_status, checked_reason
from circle.models import Mandate, User, Via
from circle.permissions.on_behalf import (
    lock_mandate,
    mandate_details,
    mandate_in_force,
    mandate_to_represent,
)
from services.actions.bookings import Status, check_item, format_day_and_time, notify_booking
from services.actions.offers import free_place, lock_counter, serve_line
from services.actions.other_bookings import already_booked_error, next_ordinal
from services.models import Booking, Slot


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
    free_place(booking.slot, at)
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
    free_place(booking.slot, at)
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
    reason: str = "",
) -> Booking:
    """Give the booking another time; its code stays the same; `is_proved` as for `cancel_booking`.

    `reason`: why we move it, shown on its page until it is moved again.

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
                reason=reason,
                reminded_at=None,
            )
            lock_counter(old.counter_id)
            lock_slots(old, slot)
            old.give_back(1)
            claim(slot, Q(starts_at__gt=at))
            serve_line(old, at)
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
