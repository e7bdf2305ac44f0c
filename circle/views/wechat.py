"""Sign-in with WeChat: a connected account signs in, a new one first proves a phone number by a code."""

import secrets
import time

from allauth.account.utils import get_next_redirect_url
from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from circle import actions
from circle.accounts import wechat
from circle.accounts.allauth_adapter import connect_pending_wechat
from circle.permissions.sign_in_policy import has_signed_in_with
from circle.views.sign_in import START, complete_sign_in
from circle.web.middleware import PortalRequest, signed_in_user

DEPARTURE = "wechat_out"  # in the session: who went to WeChat, and where they want to be in the end


@require_safe
@never_cache
def start(request: HttpRequest) -> HttpResponse:
    """/sign-in/wechat/: redirect to WeChat. A link, since the CSP allows no form to another host."""
    if not wechat.is_wechat_enabled():
        raise Http404
    state = secrets.token_urlsafe(24)
    request.session[DEPARTURE] = {"state": state, "at": time.time(), "next": get_next_redirect_url(request)}
    return redirect(wechat.wechat_sign_in_url(request, state))


@require_safe
@never_cache
def back(request: PortalRequest) -> HttpResponse:
    """/sign-in/wechat/back/: the return from WeChat."""
    if not wechat.is_wechat_enabled():
        raise Http404
    out = request.session.pop(DEPARTURE, None) or {}
    try:
        openid = returned_openid(request, out)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0], extra_tags=refusal.code or "")
        return redirect(START)
    if request.user.is_authenticated:
        return connect_here(request, openid)
    known = actions.login_of_wechat(openid)
    if known:
        return complete_sign_in(request, known, "wechat", out["next"])
    request.session[wechat.PENDING_SIGN_IN] = {"openid": openid, "at": time.time()}
    messages.info(
        request,
        _("We do not know this WeChat account yet. Prove your mobile number once; then WeChat opens it too."),
    )
    wanted = f"?{urlencode({'next': out['next']})}" if out["next"] else ""
    return redirect(reverse(START) + wanted)


def returned_openid(request: HttpRequest, out: dict[str, object]) -> str:
    """The id of the returning WeChat account.

    Refuses: wechat_failed (not sent by us, or too late), too_many.
    """
    is_late = time.time() - float(str(out.get("at", 0))) > wechat.PENDING_MINUTES * 60
    is_ours = secrets.compare_digest(
        str(out.get("state", "")).encode(), request.GET.get("state", "").encode()
    )
    if not out or is_late or not is_ours or not request.GET.get("code"):
        raise ValidationError(
            _("That did not work. Please try again, or sign in with your mobile number."),
            code="wechat_failed",
        )
    if not ratelimit.consume(request, action="wechat"):
        raise ValidationError(_("Too many attempts. Please wait a while, or phone us."), code="too_many")
    return wechat.fetch_openid(request, request.GET["code"])


def connect_here(request: PortalRequest, openid: str) -> HttpResponse:
    """Connect it to the signed-in user, only in a session that was signed in by a code to the phone."""
    if has_signed_in_with(request, "code"):
        request.session[wechat.PENDING_SIGN_IN] = {"openid": openid, "at": time.time()}
        connect_pending_wechat(request, signed_in_user(request))
    else:
        messages.error(request, _("Sign in with a code sent to your phone first, then connect WeChat."))
    return redirect("sessions")


@require_POST
@never_cache
@login_required
def disconnect(request: PortalRequest) -> HttpResponse:
    """/me/sessions/wechat/: disconnect WeChat."""
    actions.disconnect_wechat(user=signed_in_user(request), community=request.community, at=timezone.now())
    messages.success(request, _("WeChat no longer opens your matters."))
    return redirect("sessions")
