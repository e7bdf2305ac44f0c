"""The second parent: a page for the first who names them, and one for themselves that shows nothing of the
child."""

from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from childcare import actions
from childcare.forms.parents import ConfirmParentForm, SecondParentForm
from childcare.models import SecondParent
from childcare.views.mine import ONLINE, answered, my_application
from circle.booking.form_keys import answer_once
from circle.booking.proof import RATE_LIMIT
from circle.web.middleware import PortalRequest, signed_in_user


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@answer_once
def second_parent(request: PortalRequest, code: str) -> HttpResponse:
    """/childcare/applications/<code>/parent/: who the other parent is, and whether they have confirmed it."""
    found = my_application(request, code)
    if not found.is_live or found.child is None:
        raise Http404
    if not actions.can_decide(found, signed_in_user(request)):
        return answered(request, "guardian_decides.html", {"application": found}, is_wrong=False)
    form = SecondParentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        who: dict[str, Any] = {"via": ONLINE, "at": timezone.now(), "by": signed_in_user(request)}
        try:
            actions.name_second_parent(application=found, **form.cleaned_data, **who)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("We have written to the other parent. They confirm it themselves."))
            return redirect("second_parent", found.code)
    context = {"application": found, "form": form, "parents": actions.guardians_of(found.child)}
    context["named"] = SecondParent.objects.waiting().filter(application=found).first()
    return answered(request, "second_parent.html", context, is_wrong=bool(form.errors))


@require_POST
@never_cache
@login_required
@answer_once
def second_parent_end(request: PortalRequest, code: str) -> HttpResponse:
    """/childcare/applications/<code>/parent/end/: takes back what nobody has confirmed yet."""
    found = my_application(request, code)
    try:
        actions.end_second_parent(
            application=found, via=ONLINE, at=timezone.now(), by=signed_in_user(request)
        )
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0], refusal.code or "")
    return redirect("second_parent", found.code)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
@answer_once
def parent_confirm(request: PortalRequest, code: str) -> HttpResponse:
    """/childcare/parents/<code>/: for the number that was named; for everybody else there is no such page."""
    user = signed_in_user(request)
    found = get_object_or_404(
        SecondParent.objects.named_to(user).select_related("application__community"), code=code
    )
    adult = actions.only_adult(found.application, user)
    form = ConfirmParentForm(request.POST if request.method == "POST" else None, is_known=bool(adult))
    if request.method == "POST" and form.is_valid() and try_confirmation(request, found, form):
        messages.success(request, _("Confirmed: you are a guardian here, with the same rights."))
        return redirect(found.application)
    return answered(
        request, "parent_confirm.html", {"form": form, "adult": adult}, is_wrong=bool(form.errors)
    )


def try_confirmation(request: PortalRequest, found: SecondParent, form: ConfirmParentForm) -> bool:
    """Few attempts: a birthday is soon guessed."""
    try:
        if not ratelimit.consume(request, action=RATE_LIMIT, key=found.code):
            raise ValidationError(
                _("Too many attempts. Please wait ten minutes, or phone us."), code="too_many"
            )
        actions.confirm_second_parent(
            entry=found, at=timezone.now(), by=signed_in_user(request), **form.cleaned_data
        )
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True
