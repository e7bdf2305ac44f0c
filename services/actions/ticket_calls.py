"""Calling: the next in line, somebody out of turn, and the same number again."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.booking.transitions import change_status
from circle.models import User
from services.actions.ticket_news import tell_who_is_near
from services.actions.ticket_outcomes import finish_ticket, refuse_off
from services.models import Counter, Ticket
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
    call_to_counter(ticket, counter, at, by)
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
    call_to_counter(ticket, counter, at, by)
    return ticket


def call_to_counter(ticket: Ticket, counter: Counter, at: dt.datetime, by: User) -> None:
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
