"""Of an application that waits: another class or day; of one that ended: taken up again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from childcare import actions
from childcare.actions.waiting import WAITING
from childcare.forms.wishes import WishForm
from childcare.models import Application
from childcare.views.mine import ONLINE, answered, my_application
from circle.booking.form_keys import answer_once
from circle.web.middleware import PortalRequest, signed_in_user


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@answer_once
def wish(request: PortalRequest, code: str) -> HttpResponse:
    """/childcare/applications/<code>/wish/: class and first day; the place in line stays."""
    found = my_application(request, code)
    if found.status not in WAITING:
        return redirect(found)
    form = WishForm(request.POST if request.method == "POST" else None, row=found)
    if request.method == "POST" and form.is_valid() and try_wish(request, found, form):
        messages.success(request, _("Class and first day are changed. Your place in line is the same."))
        return redirect(found)
    return answered(request, "wish.html", {"application": found, "form": form}, is_wrong=bool(form.errors))


def try_wish(request: PortalRequest, found: Application, form: WishForm) -> bool:
    by = signed_in_user(request)
    try:
        actions.change_wish(application=found, via=ONLINE, at=timezone.now(), by=by, **form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True


@require_POST
@never_cache
@login_required
@answer_once
def reopen(request: PortalRequest, code: str) -> HttpResponse:
    """/childcare/applications/<code>/reopen/: goes on with what lapsed, was declined or withdrawn."""
    found = my_application(request, code)
    try:
        actions.reopen_application(
            application=found, via=ONLINE, at=timezone.now(), by=signed_in_user(request)
        )
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0], refusal.code or "")
    return redirect(found)
