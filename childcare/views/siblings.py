"""Children of one family that wait: together or none, or one may start first."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from childcare import actions
from childcare.forms.siblings import SiblingsForm
from childcare.models import Application
from childcare.models.applications import HOLDING
from childcare.views.mine import ONLINE, answered, my_application
from circle.booking.form_keys import answer_once
from circle.web.middleware import PortalRequest, signed_in_user


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@answer_once
def siblings(request: PortalRequest, code: str) -> HttpResponse:
    """/childcare/applications/<code>/siblings/: of one that waits or is filled in; in another state it leads
    back."""
    found = my_application(request, code)
    if not may_declare(found):
        return redirect(found)
    if not actions.siblings_of(found).exists():
        messages.info(request, _("No other child of yours waits for a place."))
        return redirect(found)
    form = SiblingsForm(request.POST if request.method == "POST" else None, row=found)
    if request.method == "POST" and form.is_valid() and try_declaration(request, found, form):
        messages.success(request, _("Noted. The place in line of each child is the same."))
        return redirect(found)
    context = {"application": found, "form": form}
    return answered(request, "siblings.html", context, is_wrong=bool(form.errors))


def may_declare(found: Application) -> bool:
    return found.is_live and found.status not in HOLDING and found.child_id is not None


def try_declaration(request: PortalRequest, found: Application, form: SiblingsForm) -> bool:
    try:
        actions.declare_siblings(
            application=found,
            via=ONLINE,
            at=timezone.now(),
            by=signed_in_user(request),
            **form.cleaned_data,
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True
