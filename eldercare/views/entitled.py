"""What an older person is entitled to: four questions, and what is offered before they ask."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from circle.booking.form_keys import answer_once
from circle.models import Via
from circle.web.middleware import PortalRequest, signed_in_user
from eldercare.actions import accept_right, decline_right
from eldercare.actions.right_answers import papers_held, papers_wanted
from eldercare.actions.rights import Entitlement, entitlements
from eldercare.forms import EntitledForm
from eldercare.models import Right, RightNotice


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@sensitive_post_parameters()
def entitled(request: PortalRequest) -> HttpResponse:
    """/eldercare/entitled/: POST shows what follows from the answers; they are in no address and no row."""
    form = EntitledForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "is_answered": form.is_valid()}
    if form.is_valid():
        rights, day = Right.objects.public(request.community), localdate()
        found = entitlements(rights, form.facts(), day)
        context |= {"groups": by_sort(found), "day": day}
    return render(request, "eldercare/entitled.html", context, status=422 if form.errors else 200)


def by_sort(found: list[Entitlement]) -> list[tuple[str, list[Entitlement]]]:
    """Allowances, care, meals, cards; what is sure first."""
    order = Right.Sort.values
    ranked = sorted(found, key=lambda each: (order.index(each.right.sort), not each.is_sure))
    return [
        (str(Right.Sort(sort).label), list(rows)) for sort, rows in groupby(ranked, lambda e: e.right.sort)
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@answer_once
def right_notice(request: PortalRequest, code: str) -> HttpResponse:
    """/eldercare/before/<code>/: what begins or ends, and what we hold; POST says yes or no."""
    mine = RightNotice.objects.mine(signed_in_user(request)).with_papers()
    row = get_object_or_404(mine.select_related("resident__login"), code=code)
    refused = None
    if request.method == "POST":
        try:
            return answer(request, row)
        except ValidationError as refusal:
            refused = refusal
            row = mine.get(pk=row.pk)
    context = {
        "row": row,
        "terms": row.right.terms_on(row.day),
        "held": papers_held(row.resident, localdate()),
        "wanted": papers_wanted(row.right.item),
        "refused": refused,
    }
    return render(request, "eldercare/right_notice.html", context, status=422 if refused else 200)


def answer(request: PortalRequest, row: RightNotice) -> HttpResponse:
    said: dict[str, Any] = {
        "notice": row,
        "via": Via.ONLINE,
        "at": timezone.now(),
        "by": signed_in_user(request),
    }
    if request.POST.get("answer") == "yes":
        row = accept_right(**said)
        messages.success(request, _("We have opened it for you, with what we hold already."))
    elif request.POST.get("answer") == "no":
        decline_right(**said)
        messages.success(request, _("Noted. We do not ask about this again."))
    else:
        raise ValidationError(_("Choose one answer."), code="answer_missing")
    return redirect("right_notice", row.code)
