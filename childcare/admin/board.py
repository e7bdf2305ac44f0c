from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from childcare.admin.pages import ADD, CHANGE, VIEW, page
from childcare.backoffice import board as desk
from childcare.models import NurseryClass
from circle.backoffice.post_permissions import require_permissions, within_reach


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """application/board/: the stages side by side, on a phone one below the other."""
    require_permissions(request, VIEW)
    columns, drafts = desk.application_board(within_reach(request, VIEW), timezone.localdate())
    classes = NurseryClass.objects.filter(within_reach(request, VIEW)).order_by("facility", "from_months")
    return page(
        request,
        "application/board.html",
        gettext("Nursery board"),
        columns=columns,
        drafts=drafts,
        classes=classes,
        soon=timezone.now() + desk.ENDING,
        may_act=request.user.has_perm(CHANGE),
        may_add=request.user.has_perm(ADD),
    )
