"""A month of elder care: by kind, way and outcome, and what each elder and each funder has to pay."""

import datetime as dt
from decimal import Decimal
from typing import Any, cast

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from circle.audit.log import record
from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.models import Community, User, Via
from circle.web.spreadsheets import table_response
from eldercare.actions.settlement import ELDER, Settlement, SettlementLine, settle_month
from eldercare.admin.pages import page
from eldercare.backoffice.bookings import VIEW
from eldercare.models import Arrangement, CareBooking, CareKind, CarePrice
from eldercare.models.bookings import OPEN_DISPUTE
from eldercare.models.prices import PRICE_VIEW
from services.admin.figures import month_of

ONE_DAY = dt.timedelta(days=1)
COLUMNS = [(f"via_{via.value}", via.label) for via in Via]
COLUMNS += [(status.value, status.label) for status in CareBooking.Status]
COLUMNS += [("disputed", pgettext_lazy("care", "disputed"))]


def choice_of(request: HttpRequest, permission: str) -> dict[str, Any]:
    """The month and the community of ?month= and ?community=, and those that could be chosen."""
    communities = list(Community.objects.filter(within_reach(request, permission, "pk")).order_by("pk"))
    wanted = request.GET.get("community", "")
    community = next((each for each in communities if each.slug == wanted), (communities or [None])[0])
    first, last = month_of(request.GET.get("month", ""))
    return {
        "communities": communities,
        "community": community,
        "first": first,
        "last": last,
        "before": first - ONE_DAY,
        "after": last + ONE_DAY,
    }


@require_safe
def care_figures(request: HttpRequest) -> HttpResponse:
    """carebooking/figures/?month=YYYY-MM[&community=][&csv=1|&xlsx=1]: by kind, way and outcome."""
    require_permissions(request, VIEW)
    chosen = choice_of(request, VIEW)
    rows = counts_by_kind(chosen["community"], chosen["first"], chosen["last"])
    kinds = CareKind.objects.in_bulk({row["kind"] for row in rows})
    totals = [sum(row[name] for row in rows) for name, _label in COLUMNS]
    table = [figures_row(row, kinds) for row in rows]
    table.append(["", gettext("All kinds"), sum(row["total"] for row in rows), *totals])
    heads = [gettext("How it is arranged"), gettext("Kind of care"), gettext("all")]
    heads += [str(label) for _name, label in COLUMNS]
    if file := table_response(request, f"care-{chosen['first']:%Y-%m}", [heads, *table]):
        return file
    title = gettext("Elder care in %(month)s") % {"month": month_name(chosen["first"])}
    context = chosen | {"heads": heads, "rows": table[:-1], "sums": table[-1:]}
    return page(request, "figures.html", title, **context)


def counts_by_kind(community: Community | None, first: dt.date, last: dt.date) -> list[Any]:
    """By kind and way, how they were made and how they ended, of the days from `first` to `last`."""
    counts = {f"via_{via}": Count("pk", filter=Q(via=via)) for via in Via.values}
    counts |= {status: Count("pk", filter=Q(status=status)) for status in CareBooking.Status.values}
    done = Q(status=CareBooking.Status.DONE)
    # What the elder disputes is not counted as done until it is cleared up.
    counts["done"] = Count("pk", filter=done & ~OPEN_DISPUTE)
    counts["disputed"] = Count("pk", filter=done & OPEN_DISPUTE)
    own = CareBooking.objects.filter(community=community, day__range=(first, last))
    rows = own.order_by().values("kind", "way").annotate(total=Count("pk"), **counts)
    return list(rows.order_by("-total", "kind", "way"))


def figures_row(row: dict[str, Any], kinds: dict[int, CareKind]) -> list[Any]:
    counts = [row[name] for name, _label in COLUMNS]
    return [str(Arrangement(row["way"]).label), kinds[row["kind"]].name, row["total"], *counts]


def month_name(first: dt.date) -> str:
    return date_format(first, "YEAR_MONTH_FORMAT")


@require_safe
def settlement(request: HttpRequest) -> HttpResponse:
    """careprice/settlement/?month=YYYY-MM[&community=][&print=1|&csv=1|&xlsx=1]: each look is recorded."""
    require_permissions(request, PRICE_VIEW)
    chosen = choice_of(request, PRICE_VIEW)
    community, first = chosen["community"], chosen["first"]
    found = settle_month(community, first, chosen["last"]) if community else Settlement([], 0)
    if community and found.lines:
        record(
            verb="settlement_read",
            subject=community,
            community=community.pk,
            at=timezone.now(),
            actor=cast(User, request.user),
            month=f"{first:%Y-%m}",
        )
    heads, table = settlement_heads(), [settlement_row(line) for line in found.lines]
    if file := table_response(request, f"settlement-{first:%Y-%m}", [heads, *table, *sum_rows(found)]):
        return file
    title = gettext("Settlement of elder care in %(month)s") % {"month": month_name(first)}
    context = chosen | {"found": found, "heads": heads, "rows": table, "sums": sum_rows(found)}
    if request.GET.get("print"):
        context |= {"title": title, "printed_at": timezone.now()}
        return render(request, "admin/eldercare/settlement_print.html", context)
    return page(request, "settlement.html", title, **context)


def settlement_heads() -> list[str]:
    return [
        gettext("Elder"),
        gettext("Building"),
        gettext("Kind of care"),
        gettext("Who pays"),
        gettext("Times"),
        gettext("Length (minutes)"),
        gettext("Price (yuan)"),
        pgettext("of a price", "for"),
        gettext("Price since"),
        gettext("verified"),
        gettext("Amount (yuan)"),
        gettext("Signature"),
    ]


def settlement_row(line: SettlementLine) -> list[Any]:
    """The last cell is signed."""
    price = line.price
    return [
        line.elder.name,
        str(line.elder.building or ""),
        line.kind.name,
        payer_name(line.payer),
        line.visits,
        line.minutes,
        yuan(line.each_cents) if price else gettext("no price yet"),
        price.get_unit_display() if price else "",
        price.valid_from.isoformat() if price else "",
        (gettext("yes") if price.is_verified else gettext("unverified")) if price else "",
        yuan(line.cents),
        "",
    ]


def sum_rows(found: Settlement) -> list[list[Any]]:
    """One for each payer, below the amounts."""
    blank = [""] * 6
    return [
        [gettext("Sum"), "", "", payer_name(payer), *blank, yuan(cents), ""]
        for payer, cents in found.cents.items()
    ]


def payer_name(payer: str) -> str:
    return gettext("the elder") if payer == ELDER else str(CarePrice.Funder(payer).label)


def yuan(cents: int | None) -> Decimal | str:
    return "" if cents is None else Decimal(cents).scaleb(-2)
