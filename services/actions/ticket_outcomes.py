"""What becomes of who was called: at the counter, skipped, fetching a paper, sent on, done or gone."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.booking.transitions import change_status
from circle.models import User
from services.actions.attendance import complete_booking
from services.models import Booking, Counter, Ticket

Status = Ticket.Status


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


def refuse_off(counter: Counter) -> None:
    if not (counter.is_active and counter.facility.is_published):
        raise ValidationError(_("This counter is not at work."), code="counter_off")
