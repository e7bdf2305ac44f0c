"""The health answers put right by a guardian, in whatever state the application is."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from childcare.forms.health import HealthForm
from childcare.models.applications import LIVE
from childcare.views.mine import ONLINE, answered, is_guardian_of, my_application
from circle.booking.form_keys import answer_once
from circle.web.middleware import PortalRequest, signed_in_user


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@answer_once
def health(request: PortalRequest, code: str) -> HttpResponse:
    """/childcare/applications/<code>/health/correct/: a guardian's only; nothing is shown to others."""
    found = my_application(request, code)
    if found.status not in LIVE:
        raise Http404
    if not is_guardian_of(signed_in_user(request), found):
        return answered(request, "health.html", {"application": found, "form": None}, is_wrong=False)
    form = HealthForm(request.POST if request.method == "POST" else None, application=found)
    if request.method == "POST" and form.is_valid() and try_correction(request, form):
        messages.success(request, _("The health answers are corrected."))
        return redirect(found)
    context = {"application": found, "form": form}
    return answered(request, "health.html", context, is_wrong=bool(form.errors))


def try_correction(request: PortalRequest, form: HealthForm) -> bool:
    try:
        form.correct(via=ONLINE, at=timezone.now(), by=signed_in_user(request))
    except ValidationError as refusal:
        form.add_error("consents" if refusal.code == "consent_missing" else None, refusal)
        return False
    return True
