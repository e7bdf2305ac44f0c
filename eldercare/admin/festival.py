"""The list before the Spring Festival."""

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from circle.backoffice.post_permissions import require_permissions
from eldercare.actions.holidays import spring_festival
from eldercare.admin.pages import page
from eldercare.backoffice.holidays import festival_rows
from eldercare.models.duties import DUTY_CHANGE, DUTY_VIEW
from eldercare.models.profiles import PROFILE_VIEW


@require_safe
def festival(request: HttpRequest) -> HttpResponse:
    """visitduty/festival/: who is alone over it, and who looks in on which day."""
    require_permissions(request, DUTY_VIEW)
    days = spring_festival(localdate())
    context = {
        "days": days,
        "rows": festival_rows(request.user, days),
        "may_plan": request.user.has_perms([PROFILE_VIEW, DUTY_CHANGE]),
    }
    return page(request, "festival.html", gettext("Over the Spring Festival"), **context)
