"""A month's bookings by item: how they were made and how they ended, on a page and as CSV."""

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.formats.language import is_english
from circle.models import Community, Via
from circle.web.export_formats import csv_response
from services.admin.pages import page
from services.models import Booking

VIEW = "services.view_booking"
COLUMNS = [(f"via_{via.value}", via.label) for via in Via]
COLUMNS += [(status.value, status.label) for status in Booking.Status]


@require_safe
def figures(request: HttpRequest) -> HttpResponse:
    """booking/figures/?month=YYYY-MM[&community=][&csv=1]."""
    require_permissions(request, VIEW)
    communities = list(Community.objects.filter(within_reach(request, VIEW, "pk")))
    wanted = request.GET.get("community", "")
    community = next((each for each in communities if each.slug == wanted), (communities or [None])[0])
    first, last = month_of(request.GET.get("month", ""))
    rows = Booking.objects.filter(community=community).figures(first, last)
    totals = [sum(row[name] for row in rows) for name, _label in COLUMNS]
    table = [["", gettext("All items"), sum(row["total"] for row in rows), *totals]]
    table = [[row["item__code"], name_of(row), row["total"], *cells(row)] for row in rows] + table
    labels = [str(label) for _name, label in COLUMNS]
    heads = [gettext("Number"), gettext("Service item"), gettext("all"), *labels]
    if request.GET.get("csv"):
        return csv_response(f"bookings-{first:%Y-%m}.csv", [heads, *table])
    return page(
        request,
        "booking/figures.html",
        gettext("Bookings in %(month)s") % {"month": date_format(first, "YEAR_MONTH_FORMAT")},
        communities=communities,
        community=community,
        first=first,
        before=first - dt.timedelta(days=1),
        after=last + dt.timedelta(days=1),
        heads=heads,
        rows=table[:-1],
        totals=table[-1],
    )


def name_of(row: dict[str, Any]) -> str:
    zh, en = row["item__name_zh"], row["item__name_en"]
    return (en or zh) if is_english() else (zh or en)


def cells(row: dict[str, Any]) -> list[int]:
    return [row[name] for name, _label in COLUMNS]


def month_of(text: str) -> tuple[dt.date, dt.date]:
    """First and last day of the month as an address names it; this month where it names none of our time."""
    this_month = timezone.localdate().replace(day=1)
    try:
        first = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        first = this_month
    if not 2000 <= first.year <= 2100:
        first = this_month
    return first, (first + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)
