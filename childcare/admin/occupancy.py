"""The occupancy of the classes over twelve months."""

import datetime as dt

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from childcare.admin.pages import page
from childcare.backoffice.occupancy import MONTHS, class_occupancy, month_after, months_from
from childcare.models import NurseryClass
from childcare.models.classes import OF_CLASS
from circle.backoffice.post_permissions import require_permissions, within_reach

VIEW = "childcare.view_nurseryclass"


def first_month(request: HttpRequest) -> dt.date:
    """The month of ?from=2027-01; without it this one."""
    text = request.GET.get("from", "")
    if not text:
        return timezone.localdate().replace(day=1)
    try:
        found = parse_date(f"{text}-01")
    except ValueError:  # such as 2026-13
        found = None
    if found is None or not 2000 <= found.year <= 2100:
        raise Http404
    return found


@require_safe
def occupancy(request: HttpRequest) -> HttpResponse:
    """nurseryclass/occupancy/[?from=2027-01]: each class by month, drawn and as a table."""
    require_permissions(request, VIEW)
    first = first_month(request)
    within = within_reach(request, VIEW, places=OF_CLASS)
    classes = NurseryClass.objects.filter(within).select_related("facility").prefetch_related("limits")
    rows = class_occupancy(classes.order_by("facility", "from_months", "pk"), first)
    return page(
        request,
        "nurseryclass/occupancy.html",
        gettext("How full the classes are"),
        rows=rows,
        months=months_from(first),
        earlier=month_after(first, -MONTHS),
        later=month_after(first, MONTHS),
    )
