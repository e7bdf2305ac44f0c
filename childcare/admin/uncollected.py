"""Children that nobody has collected: the list, and the page on which the head closes such a day."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from childcare.actions import close_day, collectors_of, uncollected_days
from childcare.admin.pages import CHANGE, page
from childcare.forms.days import CloseForm
from childcare.models import ChildDay
from childcare.models.classes import OF_ITS_CLASS
from childcare.models.days import VIEW
from childcare.models.teachers import of_classes
from circle.backoffice.post_permissions import require_permissions, within_reach
from circle.backoffice.row_actions import RowAction, ask_or_perform, pass_row_as


def close_form(data: object, row: ChildDay) -> CloseForm:
    return CloseForm(data, collectors=collectors_of(row.application.child, timezone.now()))


CLOSE = RowAction(
    "close",
    _("Record who collected the child"),
    pass_row_as("child_day", close_day),
    permission=CHANGE,
    form=close_form,
    sentence=_(
        "Ask the guardians and the nurse. Write down who took the child home, when, and why it was missed."
    ),
)


@require_safe
def uncollected(request: HttpRequest) -> HttpResponse:
    """childday/uncollected/: of the classes in this user's care, the longest ago first."""
    require_permissions(request, VIEW)
    rows = uncollected_days(timezone.now()).filter(of_classes(request.user, VIEW)).shown()
    return page(
        request,
        "childday/uncollected.html",
        gettext("Children not collected"),
        rows=rows.order_by("day", "pk"),
        may_close=request.user.has_perm(CHANGE),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, code: str, day: str) -> HttpResponse:
    """childday/close/<code>/<day>/: says who collected the child on that day; POST records it."""
    require_permissions(request, CHANGE)
    try:
        on = parse_date(day)
    except ValueError as wrong:  # such as 2026-02-30
        raise Http404 from wrong
    rows = ChildDay.objects.filter(within_reach(request, CHANGE, places=OF_ITS_CLASS)).shown()
    row = get_object_or_404(rows.exclude(arrived_at=None), application__code=code, day=on)
    child = row.application.child
    return ask_or_perform(
        request,
        CLOSE,
        row,
        reverse("admin:childcare_childday_uncollected"),
        done=lambda _outcome: gettext("%(name)s: saved.") % {"name": child.name if child else "–"},
        about="admin/childcare/childday/_child.html",
        child=child,
        code=code,
        signs=[],
    )
