"""What the hall does each minute, and the invariants it checks: the hooks `tick` and `invariants`."""

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef, Q

from circle.models import Community
from services.actions import (
    close_earlier_days,
    forget_empty_slots,
    lay_out_slots,
    measure_items,
    release_unused,
    send_reminders,
    send_second_reminders,
    tend_line,
    tend_loans,
)
from services.models import AgencyCase, AidStock, Booking, Slot, Ticket, TicketSeries
from services.models.bookings import FREED
from services.models.loans import HOLDING
from services.models.tickets import PAD_PREFIX


def tick(at: dt.datetime) -> Iterator[str]:
    for community in Community.objects.all():
        yield f"{lay_out_slots(community=community, at=at)} slots laid out in {community.slug}"
    yield f"{release_unused(at=at)} rooms given to the next"
    yield f"{tend_line(at=at)} places of the waiting list"
    yield f"{send_reminders(at=at) + send_second_reminders(at=at)} reminders"
    yield f"{tend_loans(at=at)} loans of aids tended"
    yield f"{close_earlier_days(at=at)} tickets of earlier days closed"
    yield f"{forget_empty_slots(at=at)} empty slots removed"
    yield f"{measure_items(at=at)} items measured"


def find_violations() -> Iterator[str]:
    """Slots against their bookings, those against their slots, tickets against their series."""
    holds = ~Q(bookings__status__in=FREED) & Q(bookings__released_at=None)
    booked = Count("bookings", filter=holds, distinct=True)
    slots = Slot.objects.annotate(held=booked + Count("offers", distinct=True))
    for pk, taken, held in slots.exclude(taken=F("held")).values_list("pk", "taken", "held"):
        yield f"slot {pk}: {taken} taken, {held} bookings and offers hold a place"
    astray = Booking.objects.exclude(day=F("slot__day"), community=F("slot__community"))
    for pk in astray.values_list("pk", flat=True):
        yield f"booking {pk}: its slot is of another day or community"
    yield from numbers_ahead_of_series()
    yield from miscounted_papers()
    yield from miscounted_aids()


def numbers_ahead_of_series() -> Iterator[str]:
    """A number above the last one given would be given again."""
    series = TicketSeries.objects.filter(
        facility=OuterRef("facility"),
        day=OuterRef("day"),
        prefix=OuterRef("prefix"),
        last__gte=OuterRef("number"),
    )
    ahead = Ticket.objects.exclude(prefix=PAD_PREFIX).filter(~Exists(series))
    for pk in ahead.values_list("pk", flat=True):
        yield f"ticket {pk}: its number is above the last one of its series"


def miscounted_papers() -> Iterator[str]:
    """The number of originals that stops a case from being closed, against the originals themselves."""
    out = Count("papers", filter=~Q(papers__place="returned"))
    rows = AgencyCase.objects.annotate(out=out).exclude(papers_held=F("out"))
    for pk, counted, found in rows.values_list("pk", "papers_held", "out"):
        yield f"agency case {pk}: {counted} papers counted, {found} not given back"


def miscounted_aids() -> Iterator[str]:
    """Aids that are taken, against who has reserved or borrowed one."""
    out = Count("loans", filter=Q(loans__status__in=HOLDING))
    rows = AidStock.objects.annotate(out=out).exclude(taken=F("out"))
    for pk, counted, found in rows.values_list("pk", "taken", "out"):
        yield f"aid {pk}: {counted} taken, {found} reserved or lent"
