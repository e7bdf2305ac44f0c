"""What one's own meals cost in a month, line by line."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from circle.calendar.working_days import ONE_DAY
from circle.web.middleware import PortalRequest, signed_in_user
from eldercare.actions.canteen.statements import shown_lines
from eldercare.models import MealCharge
from eldercare.views.canteen.menu import week_named


@require_safe
@never_cache
@login_required
def meal_statement(request: PortalRequest) -> HttpResponse:
    """/eldercare/canteen/statement/[?month=YYYY-MM]: of this login's people, with how each came about."""
    named = week_named(f"{request.GET.get('month', '')}-01")
    first = (named or timezone.localdate()).replace(day=1)
    last = (first + 31 * ONE_DAY).replace(day=1) - ONE_DAY
    mine = MealCharge.objects.mine(signed_in_user(request)).of_days(first, last)
    lines = list(shown_lines(mine))
    context = {
        "lines": lines,
        "own": sum(line.sign * line.own_cents for line in lines),
        "subsidy": sum(line.sign * line.subsidy_cents for line in lines),
        "first": first,
        "before": first - ONE_DAY,
        "after": last + ONE_DAY,
        "is_unverified": any(line.scheme and not line.scheme.is_verified for line in lines),
    }
    return render(request, "eldercare/canteen/statement.html", context)
