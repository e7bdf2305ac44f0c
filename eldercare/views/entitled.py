"""What an older person is entitled to: four questions, answered on the spot."""

from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from circle.web.middleware import PortalRequest
from eldercare.actions.rights import Entitlement, entitlements
from eldercare.forms import EntitledForm
from eldercare.models import Right


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
