"""The page that shows how far the elders of the community are looked in on."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from circle.backoffice.post_permissions import require_permissions
from eldercare.admin.pages import page
from eldercare.backoffice.visit_coverage import (
    MOST_DAYS,
    UNSEEN_DAYS,
    sum_weeks,
    unseen_elders,
    weeks_by_building,
    weeks_up_to,
)
from eldercare.models.duties import DUTY_VIEW
from eldercare.models.profiles import PROFILE_VIEW


class DaysForm(forms.Form):
    days = forms.IntegerField(label=_("Not seen for days"), min_value=1, max_value=MOST_DAYS)


@require_safe
def visit_coverage(request: HttpRequest) -> HttpResponse:
    """visitduty/coverage/?days=: counts by building and week, then who was not seen for so long."""
    require_permissions(request, DUTY_VIEW)
    form = DaysForm(request.GET or {"days": UNSEEN_DAYS})
    days = form.cleaned_data["days"] if form.is_valid() else UNSEEN_DAYS
    now = timezone.now()
    rows = weeks_by_building(request.user, timezone.localdate(now))
    context = {
        "form": form,
        "days": days,
        "mondays": weeks_up_to(timezone.localdate(now)),
        "rows": rows,
        "totals": list(sum_weeks(rows)),
        "unseen": unseen_elders(request.user, days, now),
        "may_open": request.user.has_perm(PROFILE_VIEW),
    }
    return page(request, "visit_coverage.html", gettext("Who was looked in on"), **context)
