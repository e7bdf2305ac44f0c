"""The ticket of a booking: drawn by its check-in, first in line from the booked time on."""

import datetime as dt

from circle.booking.transitions import change_status
from circle.models import User
from services.actions.ticket_draws import insert_ticket
from services.models import Booking, Ticket

Status = Ticket.Status


def draw_for_booking(booking: Booking, at: dt.datetime, by: User | None) -> None:
    """A check-in that was taken back and made again has the number it had."""
    ticket = Ticket.objects.filter(booking=booking).first()
    if ticket is not None:
        resume_ticket(ticket, at, by)
        return
    counter = booking.slot.counter
    ticket = Ticket(
        origin=Ticket.Origin.BOOKING,
        booking=booking,
        item=booking.item,
        resident=booking.resident,
        first_from=booking.slot.starts_at,
        told_at=at,
    )
    insert_ticket(ticket, counter.facility, counter.ticket_prefix, at=at, by=by)


def resume_ticket(ticket: Ticket, at: dt.datetime, by: User | None) -> None:
    ended = [Status.DONE, Status.LEFT, Status.WITHDRAWN]
    if ticket.status in ended:
        change_status(
            ticket, verb="ticket_resumed", allowed=ended, to=Status.WAITING, at=at, by=by, done_at=None
        )


def close_for_booking(booking: Booking, at: dt.datetime, by: User | None) -> None:
    """The matter is dealt with: so is the ticket, if the person had one."""
    ticket = Ticket.objects.live().filter(booking=booking).first()
    if ticket is not None:
        change_status(
            ticket, verb="ticket_done", allowed=Ticket.LIVE, to=Status.DONE, at=at, by=by, done_at=at
        )


def follow_undo(booking: Booking, at: dt.datetime, by: User | None) -> None:
    """After a step of the booking was taken back."""
    ticket = Ticket.objects.filter(booking=booking).first()
    if ticket is None:
        return
    if booking.status == Booking.Status.ARRIVED:
        resume_ticket(ticket, at, by)
    elif booking.status == Booking.Status.BOOKED and ticket.is_live:
        change_status(ticket, verb="ticket_withdrawn", allowed=Ticket.LIVE, to=Status.WITHDRAWN, at=at, by=by)
