"""A consent withdrawn, and a request for erasure made or taken back by the person."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from circle import actions
from circle.booking.form_keys import answer_once
from circle.identifiers.public_codes import parse_uuids
from circle.models import Consent, Erasure, Resident, Via
from circle.privacy.data_export import erasure_plans, retention_reasons
from circle.privacy.purposes import all_purposes
from circle.views.data import own_people
from circle.web.middleware import PortalRequest, signed_in_user

READ_AND_POST = ["GET", "HEAD", "POST"]


@require_http_methods(READ_AND_POST)
@never_cache
@login_required
@answer_once
def withdraw_consent(request: PortalRequest, pk: int) -> HttpResponse:
    """/me/consents/<pk>/withdraw/: shows the consequences, and withdraws by POST."""
    user = signed_in_user(request)
    mine = Consent.objects.live().filter(resident__in=Resident.objects.represented_by(user, "all"))
    consent = get_object_or_404(mine.select_related("resident"), pk=pk)
    purpose = next(each for each in all_purposes() if each.code == consent.purpose)
    if request.method == "POST":
        try:
            actions.withdraw_consent(consent=consent, via=Via.ONLINE, at=timezone.now(), by=user)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, _("The consent is withdrawn, and what rested on it has ended."))
        return redirect("my_data")
    return render(request, "circle/withdraw_consent.html", {"consent": consent, "purpose": purpose})


@require_http_methods(READ_AND_POST)
@never_cache
@login_required
@answer_once
def forget_me(request: PortalRequest) -> HttpResponse:
    """/me/data/forget/?person=: what would be erased and retained, and by POST the request."""
    person = get_object_or_404(own_people(request), code__in=parse_uuids(request.GET.get("person", "")))
    refusal = None
    if request.method == "POST":
        try:
            actions.ask_erasure(
                resident=person, via=Via.ONLINE, at=timezone.now(), by=signed_in_user(request)
            )
        except ValidationError as refused:
            refusal = refused
        else:
            messages.success(request, _("We have your request, and come back to you within 15 days."))
            return redirect("my_data")
    found = erasure_plans(person)
    context = {
        "person": person,
        "open_matters": [sentence for plan in found for sentence in plan.open_matters],
        "holds": retention_reasons(found),
        "refusal": refusal,
    }
    return render(request, "circle/forget_me.html", context, status=422 if refusal else 200)


@require_http_methods(["POST"])
@login_required
@answer_once
def cancel_erasure(request: PortalRequest, code: str) -> HttpResponse:
    """/me/data/keep/<code>/: takes the request back."""
    own = Erasure.objects.asked().filter(resident__in=own_people(request))
    erasure = get_object_or_404(own, code=code)
    actions.take_back_erasure(erasure=erasure, at=timezone.now(), by=signed_in_user(request))
    messages.success(request, _("The request is taken back. Everything stays as it is."))
    return redirect("my_data")
