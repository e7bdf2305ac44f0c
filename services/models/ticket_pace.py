"""How long a line takes: measured by today's calls, never promised more exactly than it is known."""

import datetime as dt
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from django.db.models import BooleanField, ExpressionWrapper
from django.utils.timezone import localtime

from services.models.tickets import Ticket, called_to, counters_at_work

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


def lines_with(ticket: Ticket, at: dt.datetime) -> dict[int, list[int]]:
    """By counter that may call the ticket: who is called there before it; two queries."""
    at_work = counters_at_work(ticket.facility_id)
    lines = {f"at_{pk}": called_to(pk, letter, at_work) for pk, letter in at_work.items() if letter}
    marks = {name: ExpressionWrapper(line, BooleanField()) for name, line in lines.items()}
    waiting = Ticket.objects.of_day(ticket.facility, ticket.day).waiting().in_line(at)
    rows = list(waiting.annotate(**marks).values("pk", *marks))
    place = next((place for place, row in enumerate(rows) if row["pk"] == ticket.pk), None)
    if place is None:
        return {}
    return {
        int(name.removeprefix("at_")): [row["pk"] for row in rows[:place] if row[name]]
        for name in marks
        if rows[place][name]
    }


def standing_of(ticket: Ticket, at: dt.datetime) -> Standing:
    """Of a ticket that waits, at the counter where the fewest are called before it; three queries."""
    lines = lines_with(ticket, at)
    if not lines:  # no counter is at work
        before = Ticket.objects.of_day(ticket.facility, ticket.day).waiting().exclude(pk=ticket.pk).count()
        return Standing(before, estimate_wait(before, None))
    before = min(map(len, lines.values()))
    return Standing(before, estimate_wait(before, minutes_per_call(ticket, list(lines), at)))


def minutes_per_call(ticket: Ticket, counters: list[int], at: dt.datetime) -> float | None:
    """From the latest calls to these counters until now, so that a line that stands still shows it."""
    called = Ticket.objects.of_day(ticket.facility, localtime(at).date()).filter(
        counter__in=counters, called_at__gt=at - LONGEST, called_at__lte=at
    )
    latest = called.order_by("-called_at").values_list("called_at", flat=True)[:MOST]
    moments = [moment for moment in latest if moment is not None]
    if len(moments) < FEWEST:
        return None
    return (at - moments[-1]).total_seconds() / 60 / len(moments)


def estimate_wait(before: int, minutes: float | None) -> Estimate | None:
    """From the steps of five minutes around what today's pace gives."""
    if before == 0:
        return Estimate(0, 0)
    if minutes is None:
        return None
    likely = before * minutes
    least = int(likely / SPREAD**0.5) // STEP * STEP
    most = max(ceil(likely * SPREAD**0.5 / STEP) * STEP, least + STEP)
    return Estimate(least, most)
