"""The day sheet: care of one day with place, assignment and outcome."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from eldercare.admin.pages import page, require_work
from eldercare.backoffice.bookings import ADD, VIEW
from eldercare.backoffice.day_sheet import day_sheet
from eldercare.models import CareBooking
from services.admin.pages import day_of

ONE_DAY = dt.timedelta(days=1)


@require_safe
def day(request: HttpRequest) -> HttpResponse:
    """carebooking/day/?date=: the sheet; ?print=1 for paper. A care worker's holds their own visits only."""
    require_work(request)
    date, at = day_of(request.GET.get("date", "")), timezone.now()
    context = {
        "date": date,
        "today": timezone.localdate(),
        "before": date - ONE_DAY,
        "after": date + ONE_DAY,
        "sheet": day_sheet(CareBooking.objects.in_care_of(request.user), date, at, reader=request.user),
        "now": at,
        "sees_all": request.user.has_perm(VIEW),
        "may_add": request.user.has_perm(ADD),
    }
    title = gettext("Care of the day") if context["sees_all"] else gettext("My visits")
    name = "day_print.html" if request.GET.get("print") else "day.html"
    return page(request, name, title, **context)
