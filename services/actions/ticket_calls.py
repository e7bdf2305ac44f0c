"""The clerk's side of a ticket: calling the next, and what becomes of who is called."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import change_status
from circle.models import Resident, User
from circle.permissions.on_behalf import refuse_gone
from services.actions.attendance import complete_booking
from services.actions.ticket_news import tell_who_is_near
from services.models import Booking, Counter, ServiceItem, Ticket
from services.models.tickets import MOST_CALLS

Status = Ticket.Status


@transaction.atomic
def call_next(*, counter: Counter, at: dt.datetime, by: User) -> Ticket:
    """Call the first in line of this counter; who was served there until now is done.

    Refuses: in_hand (one was called and has not come yet), nobody_waiting, counter_off.
    """
    refuse_off(counter)
    for last in Ticket.objects.in_hand_of(by).select_related("booking__slot__counter"):
        if last.status == Status.CALLED:
            raise in_hand_error()
        finish_ticket(ticket=last, at=at, by=by)
    ticket = lock_first(counter, at)
    if ticket is None:
        raise ValidationError(_("Nobody is waiting."), code="nobody_waiting")
    call(ticket, counter, at, by)
    return ticket


def lock_first(counter: Counter, at: dt.datetime) -> Ticket | None:
    """The first in line, passing over whom another clerk is calling at this moment.

    SQLite has one writer at a time, so there the first one read is nobody else's.
    """
    day = localtime(at).date()
    line = Ticket.objects.for_counter(counter).filter(day=day).waiting().in_line(at)
    if connection.features.has_select_for_update_skip_locked:
        line = line.select_for_update(skip_locked=True, no_key=True, of=("self",))
    return line.first()


@transaction.atomic
def call_ticket(*, ticket: Ticket, counter: Counter, at: dt.datetime, by: User) -> Ticket:
    """Call this one out of turn: who did not answer before and stands there now, or comes back with papers.

    Refuses: in_hand, wrong_counter, wrong_day, counter_off, not_possible, already_called.
    """
    refuse_off(counter)
    if ticket.day != localtime(at).date():
        raise ValidationError(_("This number is of another day."), code="wrong_day")
    if not Ticket.objects.for_counter(counter).filter(pk=ticket.pk).exists():
        raise ValidationError(_("This number is not for that counter."), code="wrong_counter")
    if Ticket.objects.in_hand_of(by).exclude(pk=ticket.pk).exists():
        raise in_hand_error()
    call(ticket, counter, at, by)
    return ticket


def call(ticket: Ticket, counter: Counter, at: dt.datetime, by: User) -> None:
    """Refuses: in_hand: the database lets a clerk have one at a time."""
    try:
        with transaction.atomic():
            change_status(
                ticket,
                verb="ticket_called",
                allowed=[Status.WAITING, Status.SKIPPED, Status.PARKED],
                to=Status.CALLED,
                at=at,
                by=by,
                details={"counter": counter.pk},
                counter=counter,
                clerk=by,
                calls=1,
                called_at=ticket.called_at or at,
                last_called_at=at,
            )
    except IntegrityError as clash:
        raise in_hand_error() from clash
    tell_who_is_near(counter, at)


def in_hand_error() -> ValidationError:
    return ValidationError(_("You have called somebody: say first whether they have come."), code="in_hand")


def refuse_off(counter: Counter) -> None:
    if not (counter.is_active and counter.facility.is_published):
        raise ValidationError(_("This counter is not at work."), code="counter_off")


@transaction.atomic
def call_again(*, ticket: Ticket, at: dt.datetime, by: User) -> Ticket:
    """Refuses: called_out (three times already), not_possible."""
    called = Ticket.objects.filter(pk=ticket.pk, status=Status.CALLED)
    ticket = called.select_for_update(no_key=True).first() or ticket
    if ticket.status == Status.CALLED and ticket.calls >= MOST_CALLS:
        raise ValidationError(
            _("Called three times: skip the number, and take it when the person is there."),
            code="called_out",
        )
    change_status(
        ticket,
        verb="ticket_called",
        allowed=[Status.CALLED],
        to=Status.CALLED,
        at=at,
        by=by,
        calls=ticket.calls + 1,
        last_called_at=at,
    )
    return ticket


@transaction.atomic
def start_serving(*, ticket: Ticket, at: dt.datetime, by: User) -> Ticket:
    """The person has come to the counter.

    Refuses: already_serving, not_possible.
    """
    change_status(
        ticket,
        verb="ticket_serving",
        allowed=[Status.CALLED],
        to=Status.SERVING,
        at=at,
        by=by,
        serving_at=ticket.serving_at or at,
    )
    return ticket


@transaction.atomic
def skip_ticket(*, ticket: Ticket, at: dt.datetime, by: User) -> Ticket:
    """The person did not answer the call.

    Refuses: already_skipped, not_possible.
    """
    change_status(
        ticket, verb="ticket_skipped", allowed=[Status.CALLED], to=Status.SKIPPED, at=at, by=by, clerk=None
    )
    return ticket


@transaction.atomic
def park_ticket(*, ticket: Ticket, at: dt.datetime, by: User) -> Ticket:
    """The person fetches a paper and comes back; the counter is free for the next.

    Refuses: already_parked, not_possible.
    """
    change_status(
        ticket, verb="ticket_parked", allowed=Ticket.IN_HAND, to=Status.PARKED, at=at, by=by, clerk=None
    )
    return ticket


@transaction.atomic
def return_ticket(*, ticket: Ticket, at: dt.datetime, by: User | None) -> Ticket:
    """Back in the line, before all others: who was skipped or has brought the paper.

    Refuses: already_waiting, not_possible.
    """
    change_status(
        ticket,
        verb="ticket_returned",
        allowed=[Status.SKIPPED, Status.PARKED],
        to=Status.WAITING,
        at=at,
        by=by,
        first_from=at,
    )
    return ticket


@transaction.atomic
def transfer_ticket(*, ticket: Ticket, to: Counter, at: dt.datetime, by: User) -> Ticket:
    """Send the person to another counter of the hall, where they are the first.

    Refuses: wrong_counter (of another hall, or the same), counter_off, not_possible.
    """
    refuse_off(to)
    if to.facility_id != ticket.facility_id or to.pk == ticket.counter_id:
        raise ValidationError(_("Choose another counter of this hall."), code="wrong_counter")
    change_status(
        ticket,
        verb="ticket_transferred",
        allowed=Ticket.IN_HAND,
        to=Status.WAITING,
        at=at,
        by=by,
        details={"counter": to.pk},
        first_from=at,
        for_counter=to,
        clerk=None,
    )
    return ticket


@transaction.atomic
def finish_ticket(*, ticket: Ticket, at: dt.datetime, by: User) -> Ticket:
    """The matter is dealt with, and the booking too where there is one.

    In a hall with a list of arrivals nobody is called: there it is done from the list.
    Refuses: already_done, not_possible.
    """
    booking = ticket.booking
    if booking is not None and booking.status == Booking.Status.ARRIVED:
        complete_booking(booking=booking, at=at, by=by)  # which closes the ticket
        ticket.refresh_from_db()
        return ticket
    change_status(
        ticket,
        verb="ticket_done",
        allowed=[*Ticket.IN_HAND, Status.WAITING],
        to=Status.DONE,
        at=at,
        by=by,
        done_at=at,
    )
    return ticket


@transaction.atomic
def give_up_ticket(*, ticket: Ticket, at: dt.datetime, by: User | None) -> Ticket:
    """The person goes without being served.

    Refuses: already_left, not_possible.
    """
    change_status(
        ticket,
        verb="ticket_left",
        allowed=[Status.WAITING, Status.SKIPPED, Status.PARKED],
        to=Status.LEFT,
        at=at,
        by=by,
    )
    return ticket


@transaction.atomic
def name_ticket(*, ticket: Ticket, resident: Resident, at: dt.datetime, by: User) -> Ticket:
    """Say whose ticket it is.

    Refuses: other_community, resident_gone, booked_for_another.
    """
    refuse_gone(resident)
    if resident.community_id != ticket.community_id:
        raise ValidationError(_("This person lives in another community."), code="other_community")
    if ticket.booking_id and ticket.resident_id != resident.pk:
        raise ValidationError(_("This number belongs to a booking."), code="booked_for_another")
    ticket.resident = resident
    ticket.save(update_fields=["resident"])
    record_change(ticket, "ticket_named", at, by)
    return ticket


@transaction.atomic
def add_item(*, ticket: Ticket, item: ServiceItem, at: dt.datetime, by: User) -> Ticket:
    """What the visit is about; a second item is dealt with in the same visit.

    Refuses: other_community.
    """
    if item.community_id != ticket.community_id:
        raise ValidationError(_("This item belongs to another community."), code="other_community")
    if ticket.item_id is None:
        ticket.item = item
        ticket.save(update_fields=["item"])
    elif ticket.item_id != item.pk:
        ticket.more_items.add(item)
    record_change(ticket, "ticket_item", at, by, item=item.code)
    return ticket


def record_change(ticket: Ticket, verb: str, at: dt.datetime, by: User, **details: str) -> None:
    record(verb=verb, subject=ticket, community=ticket.community_id, at=at, actor=by, **details)
