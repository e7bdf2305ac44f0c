"""What people rate at the hall: bookings, numbers without a booking, errands. The hook `ratable`."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db.models import Model

from circle.booking.ratable import Ratable, Served
from circle.models import Record
from services.models import AgencyCase, Booking, ServiceItem, Ticket
from services.models.case_states import CaseStatus

ITEM = ServiceItem._meta.label_lower
RESULT_KNOWN = [CaseStatus.HANDED_OVER, CaseStatus.CLOSED]
ENTERED_LATER = dt.timedelta(days=7)  # the outcome of a booking
UNNAMED = ("大厅办事", "A visit to the hall")


def ratable_things() -> list[Ratable]:
    return [
        Ratable(Booking._meta.label_lower, "services.view_booking", served_bookings, find_bookings),
        Ratable(Ticket._meta.label_lower, "services.view_ticket", served_tickets, find_tickets),
        Ratable(AgencyCase._meta.label_lower, "services.view_agencycase", served_cases, find_cases),
    ]


def staff_of(model: type[Model], ids: Sequence[int], verbs: Sequence[str] = ()) -> dict[int, set[int]]:
    """Of each row the staff who had a hand in it by these verbs (none: by any), also if it was undone."""
    rows = Record.objects.filter(subject_type=model._meta.label_lower, subject_id__in=ids)
    rows = rows.filter(verb__in=verbs) if verbs else rows
    found: dict[int, set[int]] = defaultdict(set)
    for row, actor in rows.filter(actor__is_staff=True).order_by().values_list("subject_id", "actor"):
        found[row].add(actor)
    return found


def served_bookings(since: dt.datetime, until: dt.datetime) -> Iterable[int]:
    rows = Booking.objects.filter(status=Booking.Status.SERVED, status_at__gt=since, status_at__lte=until)
    rows = rows.filter(day__gte=(since - ENTERED_LATER).date())
    return rows.exclude(resident__is_nobody=True).values_list("pk", flat=True)


def find_bookings(ids: Sequence[int]) -> dict[int, Served]:
    rows = Booking.objects.filter(pk__in=ids, status=Booking.Status.SERVED)
    staff = staff_of(Booking, ids, ["booking_served"])
    return {
        row.pk: Served(
            row.community_id,
            row.item.name_pair,
            (ITEM, row.item_id),
            row.status_at,
            sorted(staff[row.pk]),
            row.resident,
            row.mandate,
        )
        for row in rows.select_related("item", "resident__login", "mandate__agent")
    }


def served_tickets(since: dt.datetime, until: dt.datetime) -> Iterable[int]:
    """Of a booking the booking is rated."""
    done = {"status": Ticket.Status.DONE, "booking": None, "day__gte": since.date()}
    rows = Ticket.objects.filter(done_at__gt=since, done_at__lte=until, **done)
    return rows.values_list("pk", flat=True)


def find_tickets(ids: Sequence[int]) -> dict[int, Served]:
    """Without an item they are counted under none. Of a list of arrivals who served is who ended it."""
    rows = Ticket.objects.filter(pk__in=ids, status=Ticket.Status.DONE, booking=None)
    staff = staff_of(Ticket, ids, ["ticket_called", "ticket_serving", "ticket_transferred", "ticket_done"])
    return {
        row.pk: Served(
            row.community_id,
            row.item.name_pair if row.item else UNNAMED,
            (ITEM, row.item_id or 0),
            row.done_at or row.status_at,
            sorted(staff[row.pk] | {pk for pk in [row.clerk_id] if pk}),
            row.resident,
        )
        for row in rows.select_related("item", "resident__login")
    }


def served_cases(since: dt.datetime, until: dt.datetime) -> Iterable[int]:
    """Once the result was handed over, or the case is closed after a refusal."""
    rows = AgencyCase.objects.filter(status__in=RESULT_KNOWN, status_at__gt=since, status_at__lte=until)
    return rows.exclude(resident__is_nobody=True).values_list("pk", flat=True)


def find_cases(ids: Sequence[int]) -> dict[int, Served]:
    rows = AgencyCase.objects.filter(pk__in=ids, status__in=RESULT_KNOWN)
    staff = staff_of(AgencyCase, ids)
    return {
        row.pk: Served(
            row.community_id,
            row.item.name_pair,
            (ITEM, row.item_id),
            row.status_at,
            sorted(staff[row.pk] | {pk for pk in (row.handler_id, row.substitute_id) if pk}),
            row.resident,
            row.mandate,
        )
        for row in rows.select_related("item", "resident__login", "mandate__agent")
    }
