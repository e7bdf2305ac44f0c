"""A user's sessions, and the form saved when idle staff were signed out."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from circle.accounts import wechat
from circle.permissions.sign_in_policy import SAVED_FORM, has_required_factors, has_signed_in_with, saved_form
from circle.web.middleware import PortalRequest, signed_in_user

READ_AND_POST = ["GET", "HEAD", "POST"]


@require_http_methods(READ_AND_POST)
@never_cache
@login_required
def sessions(request: PortalRequest) -> HttpResponse:
    """/me/sessions/: each device with its last visit; POST ends one session, or all others."""
    mine = UserSession.objects.purge_and_list(signed_in_user(request))
    here = request.session.session_key
    if request.method == "POST":
        chosen = request.POST.get("session", "")
        others = [each for each in mine if each.session_key != here]
        for each in others:
            if chosen in ("others", str(each.pk)):
                each.end()
        messages.success(request, _("Signed out there."))
        return redirect("sessions")
    context: dict[str, Any] = {"sessions": mine, "here": here}
    if wechat.is_wechat_enabled():
        connected = signed_in_user(request).wechat_logins.count()
        back = urlencode({"next": request.path})
        context |= {"wechat_url": f"{reverse('wechat_start')}?{back}", "wechat_count": connected}
    return render(request, "account/sessions.html", context)


@require_http_methods(READ_AND_POST)
@never_cache
def restore_form(request: PortalRequest) -> HttpResponse:
    """/sign-in/staff/kept/: offers the form typed before the sign-out; POST discards it."""
    if not (
        request.user.is_authenticated
        and has_signed_in_with(request, "password")
        and has_required_factors(request)
    ):
        return redirect_to_login(reverse("kept_form"), reverse("account_login"))
    found = saved_form(request)
    if request.method == "POST" or found is None:
        request.session.pop(SAVED_FORM, None)
        return redirect("admin:index")
    pairs = [(name, value) for name, values in found["sent"].items() for value in values]
    return render(request, "account/kept_form.html", {"path": found["path"], "pairs": pairs})
