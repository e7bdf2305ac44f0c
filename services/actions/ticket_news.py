"""Telling who waits elsewhere that it is nearly their turn, and closing the tickets of earlier days."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime

from circle.booking.transitions import change_status
from circle.notifications import notify
from services.models import Counter, Ticket

Status = Ticket.Status
NEAR = 2  # so many before one: time to come


def tell_who_is_near(counter: Counter, at: dt.datetime) -> None:
    """Of the first in line those who have said who they are, each once."""
    line = Ticket.objects.for_counter(counter).filter(day=localtime(at).date()).waiting().in_line(at)
    for ticket in line.select_related("resident__login", "facility")[: NEAR + 1]:
        if ticket.resident is None or ticket.told_at is not None:
            continue
        if Ticket.objects.filter(pk=ticket.pk, told_at=None).update(told_at=at):
            notify(
                event="ticket_near",
                community=ticket.community_id,
                resident=ticket.resident,
                user=ticket.resident.login,
                at=at,
                dedupe=f"ticket_near:{ticket.pk}",
                values={
                    "number": ticket.label,
                    "place": (ticket.facility.name_zh, ticket.facility.name_en),
                    "code": ticket.code,
                },
            )


def close_earlier_days(*, at: dt.datetime) -> int:
    """Who was not served by the end of the day has left; who stood at a counter was served.

    Returns the number closed; harmless when repeated, or run twice at once.
    """
    rows = Ticket.objects.live().filter(day__lt=localtime(at).date())
    return sum(close_ticket(ticket, at) for ticket in rows.order_by("pk"))


@transaction.atomic
def close_ticket(ticket: Ticket, at: dt.datetime) -> int:
    """Without a time of being done: nobody noted it."""
    to = Status.DONE if ticket.status == Status.SERVING else Status.LEFT
    before, clerk = [ticket.status], ticket.clerk
    try:
        change_status(ticket, verb="ticket_closed", allowed=before, to=to, at=at, by=None, clerk=clerk)
    except ValidationError:  # closed or served at this moment
        return 0
    return 1
