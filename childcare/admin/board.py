from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from childcare.admin.pages import ADD, CHANGE, VIEW, in_reach_of, page
from childcare.backoffice import board as desk
from childcare.models import NurseryClass
from childcare.models.classes import OF_CLASS
from circle.backoffice.post_permissions import require_permissions, within_reach


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """application/board/[?nursery=]: the stages side by side, on a phone one below the other."""
    require_permissions(request, VIEW)
    within = in_reach_of(request, VIEW)
    classes = (
        NurseryClass.objects.filter(within_reach(request, VIEW, places=OF_CLASS))
        .select_related("facility")
        .with_booked(timezone.localdate())
    )
    classes = list(classes.order_by("facility", "from_months"))
    nurseries = list(dict.fromkeys(each.facility for each in classes))
    code = request.GET.get("nursery", "")
    nursery = next((each for each in nurseries if each.code == code), None)
    if code and nursery is None:
        raise Http404
    columns, drafts = desk.application_board(within, timezone.localdate(), nursery)
    return page(
        request,
        "application/board.html",
        gettext("Nursery board"),
        columns=columns,
        drafts=drafts,
        classes=[each for each in classes if nursery in (None, each.facility)],
        nurseries=nurseries,
        nursery=nursery,
        names_nursery=len(nurseries) > 1,
        soon=timezone.now() + desk.ENDING,
        may_act=request.user.has_perm(CHANGE),
        may_add=request.user.has_perm(ADD),
    )
