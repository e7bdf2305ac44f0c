"""How long a line takes: measured by today's calls, never promised more exactly than it is known."""

import datetime as dt
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from django.utils.timezone import localtime

from services.models.tickets import Ticket, TicketQuerySet

FEWEST, MOST = 3, 10  # calls of today that say something; only the latest count
LONGEST = dt.timedelta(minutes=90)  # older calls say nothing about now
SPREAD = 1.6  # between the quick and the slow of as many people
STEP = 5  # minutes: no finer than that is honest


class Estimate(NamedTuple):
    """In minutes; both 0 means at once."""

    least: int
    most: int


@dataclass(frozen=True)
class Standing:
    """How many stand before a ticket, and how long that is likely to take; None where nobody can say."""

    before: int
    estimate: Estimate | None


def line_of(ticket: Ticket, at: dt.datetime) -> TicketQuerySet:
    rows = Ticket.objects.of_day(ticket.facility, ticket.day).filter(prefix=ticket.prefix)
    return rows.filter(for_counter=ticket.for_counter_id).waiting().in_line(at)


def standing_of(ticket: Ticket, at: dt.datetime) -> Standing:
    """Of a ticket that waits; two queries."""
    line = list(line_of(ticket, at).values_list("pk", flat=True))
    before = line.index(ticket.pk) if ticket.pk in line else len(line)
    return Standing(before, estimate(before, minutes_per_call(ticket, at)))


def minutes_per_call(ticket: Ticket, at: dt.datetime) -> float | None:
    """From the latest calls of this line until now, so that a line that stands still shows it."""
    called = Ticket.objects.of_day(ticket.facility, localtime(at).date()).filter(
        prefix=ticket.prefix, called_at__gt=at - LONGEST, called_at__lte=at
    )
    latest = called.order_by("-called_at").values_list("called_at", flat=True)[:MOST]
    moments = [moment for moment in latest if moment is not None]
    if len(moments) < FEWEST:
        return None
    return (at - moments[-1]).total_seconds() / 60 / len(moments)


def estimate(before: int, minutes: float | None) -> Estimate | None:
    """From the steps of five minutes around what today's pace gives."""
    if before == 0:
        return Estimate(0, 0)
    if minutes is None:
        return None
    likely = before * minutes
    least = int(likely / SPREAD**0.5) // STEP * STEP
    most = max(ceil(likely * SPREAD**0.5 / STEP) * STEP, least + STEP)
    return Estimate(least, most)
