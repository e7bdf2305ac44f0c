"""Numbers of a month by the hour of arrival: how long people waited and were served, on a page and as CSV."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from math import ceil
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from circle.web.export_formats import csv_response
from services.admin.figures import month_of
from services.admin.pages import hall, page
from services.models import Ticket

VIEW = "services.view_ticket"


class Spread(NamedTuple):
    """Median and 90th percentile, in whole minutes; None where nobody was measured."""

    median: int | None
    late: int | None


def spread(lengths: Iterable[dt.timedelta | None]) -> Spread:
    """By nearest rank: each is a time that somebody really waited."""
    minutes = sorted(round(each.total_seconds() / 60) for each in lengths if each is not None)
    if not minutes:
        return Spread(None, None)
    return Spread(*(minutes[ceil(share * len(minutes)) - 1] for share in (0.5, 0.9)))


def rows_of(tickets: Iterable[Ticket]) -> list[list[str | int | None]]:
    """One row for each hour of arrival, and one for all of them."""
    by_hour: dict[int, list[Ticket]] = defaultdict(list)
    for ticket in tickets:
        by_hour[localtime(ticket.drawn_at).hour].append(ticket)
    rows = [row_of(f"{hour}:00–{hour + 1}:00", by_hour[hour]) for hour in sorted(by_hour)]
    return [*rows, row_of(gettext("All hours"), [each for group in by_hour.values() for each in group])]


def row_of(label: str, tickets: list[Ticket]) -> list[str | int | None]:
    left = sum(ticket.status in (Ticket.Status.LEFT, Ticket.Status.SKIPPED) for ticket in tickets)
    waited, served = spread(each.waited for each in tickets), spread(each.served for each in tickets)
    return [label, len(tickets), left, *waited, *served]


@require_safe
def figures(request: HttpRequest, code: str) -> HttpResponse:
    """ticket/figures/<poster code>/?month=YYYY-MM[&csv=1]; one query for the tickets."""
    facility = hall(request, code, VIEW)
    first, last = month_of(request.GET.get("month", ""))
    tickets = Ticket.objects.filter(facility=facility, day__range=(first, last))
    tickets = tickets.exclude(status=Ticket.Status.WITHDRAWN)
    table = rows_of(
        tickets.only("status", "drawn_at", "first_from", "booking", "called_at", "serving_at", "done_at")
    )
    heads = [
        gettext("Hour of arrival"),
        gettext("Numbers"),
        gettext("not served"),
        gettext("waited, median (minutes)"),
        gettext("waited, 90 of 100 at most"),
        gettext("served, median (minutes)"),
        gettext("served, 90 of 100 at most"),
    ]
    if request.GET.get("csv"):
        return csv_response(f"numbers-{first:%Y-%m}.csv", [heads, *table])
    return page(
        request,
        "ticket/figures.html",
        gettext("Numbers in %(month)s") % {"month": date_format(first, "YEAR_MONTH_FORMAT")},
        facility=facility,
        first=first,
        before=first - dt.timedelta(days=1),
        after=last + dt.timedelta(days=1),
        heads=heads,
        rows=table[:-1],
        totals=table[-1],
    )
