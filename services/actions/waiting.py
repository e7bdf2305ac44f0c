"""The waiting list of the hall: joining, leaving, and what is done with an offer."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import change_status
from circle.booking.waiting import WaitingStatus as Status
from circle.calendar.working_days import SHANGHAI
from circle.models import Facility, Mandate, Resident, User, Via
from circle.permissions.age_bands import refuse_unsuited
from circle.permissions.on_behalf import (
    lock_mandate,
    mandate_details,
    mandate_for,
    mandate_in_force,
    mandate_to_represent,
)
from services.actions.bookings import create_booking
from services.actions.no_shows import refuse_after_no_shows
from services.actions.offers import lock_counter, lock_counters, notify_waiting, serve_line
from services.models import Booking, HallWaiting, HallWaitingQuerySet, ServiceItem, Slot


@transaction.atomic
def join_line(
    *,
    item: ServiceItem,
    resident: Resident,
    first_day: dt.date,
    last_day: dt.date,
    via: str,
    at: dt.datetime,
    by: User,
    facility: Facility | None = None,
) -> HallWaiting:
    """Wait for a place on one of these days, at this place or at any; only while all of them are full.

    Refuses: not_bookable, other_community, not_allowed, resident_gone, not_for_age, by_phone_only,
    days_wrong, not_full, already_booked, already_waiting.
    """
    refuse_wrong_days(item, first_day, last_day, at)
    if resident.community_id != item.community_id:
        raise ValidationError(_("This person lives in another community."), code="other_community")
    mandate = mandate_for(
        by=by,
        resident=resident,
        scope=Mandate.Scope.BOOKINGS,
        via=via,
        staff_permission="services.add_booking",
    )
    refuse_unsuited(item.age_bands, resident, via=via, at=at, reason="")
    if via == Via.ONLINE:
        refuse_after_no_shows(resident, at)
    lock_counters(item)  # so that no place is freed between this look and the new row
    refuse_free_places(item, first_day, last_day, facility, at)
    refuse_booked(item, resident, first_day, last_day)
    lock_mandate(mandate, at)
    row = HallWaiting(
        community_id=item.community_id,
        item=item,
        resident=resident,
        facility=facility,
        first_day=first_day,
        last_day=last_day,
        status_at=at,
        joined_at=at,
        joined_by=by,
        via=via,
        mandate=mandate,
    )
    insert_once(row)
    record_joined(row, at, by)
    notify_waiting(row, "waiting_joined", at)
    return row


def record_joined(row: HallWaiting, at: dt.datetime, by: User) -> None:
    record(
        verb="waiting_joined",
        subject=row,
        community=row.community_id,
        at=at,
        actor=by,
        via=row.via,
        **mandate_details(row.mandate),
    )


def insert_once(row: HallWaiting) -> None:
    """Refuses: already_waiting."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as clash:
        raise ValidationError(_("This person is waiting for it already."), code="already_waiting") from clash


def refuse_wrong_days(item: ServiceItem, first: dt.date, last: dt.date, at: dt.datetime) -> None:
    today = at.astimezone(SHANGHAI).date()
    if not item.can_book(today):
        raise ValidationError(_("This item cannot be booked on that day."), code="not_bookable")
    if not today <= first <= last <= today + dt.timedelta(days=item.book_days_ahead):
        raise ValidationError(
            _("Choose days from today to at most %(days)s days ahead, the first before the last."),
            code="days_wrong",
            params={"days": item.book_days_ahead},
        )


def refuse_free_places(
    item: ServiceItem, first: dt.date, last: dt.date, facility: Facility | None, at: dt.datetime
) -> None:
    free = Slot.objects.upcoming_for(item, at).with_places_left().filter(day__range=(first, last))
    if facility:
        free = free.filter(counter__facility=facility)
    channels = set(free.order_by().values_list("channel", flat=True).distinct())
    if Slot.Channel.ONLINE in channels:
        raise ValidationError(_("Places are free on these days: choose a time."), code="not_full")
    if channels:
        raise ValidationError(
            _("Places for phone and window are free on these days: please phone us."), code="not_full"
        )


def refuse_booked(item: ServiceItem, resident: Resident, first: dt.date, last: dt.date) -> None:
    if Booking.objects.live().filter(resident=resident, item=item, day__range=(first, last)).exists():
        raise ValidationError(
            _("This person has a booking for it on one of these days."), code="already_booked"
        )


@transaction.atomic
def leave_line(
    *, row: HallWaiting, at: dt.datetime, via: str, by: User | None, is_proved: bool = False
) -> HallWaiting:
    """No longer wait; an offer is declined with it.

    `is_proved`: phone number and code stand for the person, whoever is signed in; `by` may be None.
    Refuses: already_left, not_possible, not_allowed.
    """
    if row.status == Status.OFFERED:
        return decline_offer(row=row, at=at, via=via, by=by, is_proved=is_proved)
    details = acting_details(mandate_of(row, via, by, is_proved=is_proved), via, at)
    change_status(
        row, verb="waiting_left", allowed=[Status.WAITING], to=Status.LEFT, at=at, by=by, details=details
    )
    return row


@transaction.atomic
def accept_offer(
    *, row: HallWaiting, at: dt.datetime, via: str, by: User | None, is_proved: bool = False
) -> Booking:
    """Take the place that is offered: it becomes a booking. `is_proved` as for `leave_line`.

    Refuses: offer_over, already_accepted, not_possible, not_allowed, resident_gone, other_community,
    not_bookable, already_booked, busy, day_limit, by_phone_only.
    """
    mandate = mandate_of(row, via, by, is_proved=is_proved)
    details = acting_details(mandate, via, at)
    slot = row.slot
    if slot is None or row.offer_until is None or row.offer_until <= at:
        raise offer_over()
    in_time = HallWaiting.objects.filter(offer_until__gt=at, slot=slot)
    change_status(
        row,
        verb="waiting_accepted",
        allowed=[Status.OFFERED],
        to=Status.ACCEPTED,
        at=at,
        by=by,
        rows=in_time,
        details=details,
        offer_until=None,
        slot=None,
    )
    booking = create_booking(
        item=row.item,
        slot=slot,
        resident=row.resident,
        via=via,
        at=at,
        by=by,
        in_time=Q(starts_at__gt=at),
        is_claimed=True,
        is_proved=is_proved,
        proved_mandate=mandate,
    )
    HallWaiting.objects.filter(pk=row.pk).update(booking=booking)
    row.booking = booking
    return booking


@transaction.atomic
def decline_offer(
    *, row: HallWaiting, at: dt.datetime, via: str, by: User | None, is_proved: bool = False
) -> HallWaiting:
    """Leave the offered place to the next in the line. `is_proved` as for `leave_line`.

    Refuses: already_declined, not_possible, not_allowed.
    """
    details = acting_details(mandate_of(row, via, by, is_proved=is_proved), via, at)
    release_offer(row, "waiting_declined", Status.DECLINED, at, by, details)
    return row


def release_offer(
    row: HallWaiting,
    verb: str,
    to: Status,
    at: dt.datetime,
    by: User | None,
    details: dict[str, object],
    rows: HallWaitingQuerySet | None = None,
) -> None:
    slot = row.slot
    change_status(
        row,
        verb=verb,
        allowed=[Status.OFFERED],
        to=to,
        at=at,
        by=by,
        rows=rows,
        details=details,
        offer_until=None,
        slot=None,
    )
    assert slot is not None  # noqa: S101 - an offer holds a place, by a constraint
    lock_counter(slot.counter_id)
    slot.give_back(1)
    serve_line(slot, at)


def mandate_of(row: HallWaiting, via: str, by: User | None, *, is_proved: bool) -> Mandate | None:
    """Under which it is answered online. Where phone number and code stand for a person without a number, it
    was that of who joined for them.

    Refuses: not_allowed.
    """
    if via != Via.ONLINE:
        return None
    if by and is_proved:
        return mandate_in_force(by, row.resident, Mandate.Scope.BOOKINGS)
    if by:
        return mandate_to_represent(by, row.resident, Mandate.Scope.BOOKINGS)
    if not is_proved:
        raise ValidationError(_("You may not act for this person."), code="not_allowed")
    has_number = row.resident.phone_index or row.resident.login_id
    return None if has_number else row.mandate


def acting_details(mandate: Mandate | None, via: str, at: dt.datetime) -> dict[str, object]:
    lock_mandate(mandate, at)
    return {"via": via} | mandate_details(mandate)


def offer_over() -> ValidationError:
    return ValidationError(_("This offer is over: the place went to the next."), code="offer_over")
