"""On the sheet of a class: how many carers are with it, and the confirmation that lets the next child in."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from childcare.actions import confirm_ratio, count_carers
from childcare.models import NurseryClass
from childcare.models.days import WRITE
from childcare.models.teachers import of_classes
from circle.backoffice.confirmation import show_refusal
from circle.backoffice.post_permissions import require_permissions
from circle.booking.form_keys import answer_once


@require_POST
@answer_once
def carers(request: HttpRequest, code: int) -> HttpResponse:
    """childday/carers/<id>/: so many carers are with the class now, or the reason why the next child comes in
    without enough of them."""
    require_permissions(request, WRITE)
    groups = NurseryClass.objects.filter(of_classes(request.user, WRITE, "pk"))
    group = get_object_or_404(groups, pk=code)
    said = {"nursery_class": group, "at": timezone.now(), "by": request.user}
    try:
        if "reason" in request.POST:
            confirm_ratio(reason=request.POST["reason"], **said)
        else:
            count_carers(carers=typed_number(request.POST.get("carers", "")), **said)
    except ValidationError as refusal:
        show_refusal(request, refusal)
    return redirect(f"{reverse('admin:childcare_childday_sheet')}?class={group.pk}")


def typed_number(text: str) -> int:
    """-1 for what is no number: the action refuses it."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else -1
