"""What the head of the nursery has to settle with families: one list, each line with its next step."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from childcare.admin.pages import CHANGE, page
from childcare.models import HeadTask
from circle.backoffice.post_permissions import require_permissions


@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """application/tasks/: the open ones, the oldest first."""
    require_permissions(request, CHANGE)
    found = HeadTask.objects.for_user(request.user).open()
    rows = found.select_related("application__guardian", "application__offered_class")
    return page(request, "application/tasks.html", gettext("To settle with families"), tasks=rows)
