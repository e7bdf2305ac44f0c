"""The two sign-ins, of residents and of staff: allauth's views with our own steps and answers."""

import time
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.stagekit import LOGIN_SESSION_KEY, clear_login
from allauth.account.models import Login
from allauth.account.utils import (
    get_login_redirect_url,
    get_next_redirect_url,
    passthrough_next_redirect_url,
)
from allauth.account.views import (
    AccountInactiveView,
    ConfirmLoginCodeView,
    LoginView,
    LogoutView,
    RequestLoginCodeView,
)
from allauth.core import ratelimit
from django.contrib import admin, messages
from django.contrib.auth import REDIRECT_FIELD_NAME, logout
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django.views.generic.edit import FormView

from circle import actions
from circle.accounts import wechat
from circle.accounts.other_sign_in_forms import SignInPassForm
from circle.models import User
from circle.permissions.sign_in_policy import (
    SAVED_FORM,
    has_signed_in_with,
    is_password_change_due,
    is_second_factor_missing,
)

START, CODE = "account_request_login_code", "account_confirm_login_code"
CLERK, WECHAT = "sign_in_by_clerk", "wechat_start"


def sign_in_url(request: HttpRequest, name: str) -> str:
    """The address of a step, with the page to reach in the end as ?next=."""
    return passthrough_next_redirect_url(request, reverse(name), REDIRECT_FIELD_NAME)


class RefusalFormView(FormView):
    """Shows a refused form again with 422, as everywhere in the portal."""

    def form_invalid(self, form: Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class RequestCode(RefusalFormView, RequestLoginCodeView):
    """/sign-in/: the phone number."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return redirect(get_login_redirect_url(request))
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ValidationError as refusal:
            form.add_error("phone", refusal)
            return self.form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        has_code = LOGIN_SESSION_KEY in self.request.session
        code_url = sign_in_url(self.request, CODE) if has_code else ""
        clerk_url = sign_in_url(self.request, CLERK)
        wechat_url = sign_in_url(self.request, WECHAT) if wechat.is_wechat_enabled() else ""
        urls = {"code_url": code_url, "clerk_url": clerk_url, "wechat_url": wechat_url}
        return super().get_context_data(**kwargs) | urls


class ConfirmCode(RefusalFormView, ConfirmLoginCodeView):
    """/sign-in/code/: the code, or another one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        if response.get("Location") == reverse(START):  # allauth sends back without a word and without next
            messages.error(request, _("This code is too old or was tried too often. Ask for a new one."))
            response["Location"] = sign_in_url(request, START)
        return response

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        if "code" in kwargs:  # absent where another code is asked for
            kwargs["attempts_key"] = "{user_id}:{at}".format(**self._process.state)
        return kwargs

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        phone = self._process.state["phone"]
        shown = {
            "number": f"{phone[:3]} {phone[3:7]} {phone[7:]}",
            "clerk_url": sign_in_url(self.request, CLERK),
        }
        return super().get_context_data(**kwargs) | shown

    def form_valid(self, form: Form) -> HttpResponse:
        return self.sent_again(form) if self._action == "resend" else super().form_valid(form)

    def sent_again(self, form: Form) -> HttpResponse:
        """Send another code, with its own ten minutes and attempts; if refused, the earlier one is valid."""
        state = self._process.state
        before = dict(state)
        state.update(at=time.time(), failed_attempts=0)
        try:
            if not ratelimit.consume(self.request, action="request_login_code"):
                raise get_adapter().validation_error("too_many_login_attempts")
            response = super().form_valid(form)
        except ValidationError as refusal:
            state.update(before)
            messages.error(self.request, refusal.messages[0])
            return redirect(sign_in_url(self.request, CODE))
        messages.success(self.request, _("A new code is on its way. The one before is no longer valid."))
        return response

    def form_invalid(self, form: Form) -> HttpResponse:
        """Text that cannot be a code is not counted as an attempt."""
        is_wrong = form.has_error("code", "incorrect_code")
        is_over = form.has_error("code", "too_many_login_attempts")
        if is_over or (is_wrong and not self._process.record_invalid_attempt()):
            self._process.abort()
            return redirect(START)
        return super().form_invalid(form)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def by_clerk(request: HttpRequest) -> HttpResponse:
    """/sign-in/clerk/: sign-in by a code that a clerk gave in person."""
    if request.user.is_authenticated:
        return redirect(get_login_redirect_url(request))
    form = SignInPassForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if not ratelimit.consume(request, action="use_pass"):
                raise get_adapter().validation_error("too_many_login_attempts")
            user = actions.use_pass(code=form.cleaned_data["code"], at=timezone.now())
        except ValidationError as refusal:
            form.add_error("code", refusal)
        else:
            return complete_sign_in(request, user, "pass", get_next_redirect_url(request))
    context = {"form": form, "start_url": sign_in_url(request, START)}
    return render(request, "account/sign_in_by_clerk.html", context, status=422 if form.errors else 200)


def complete_sign_in(request: HttpRequest, user: User, method: str, wanted: str | None) -> HttpResponse:
    """Complete it like every sign-in; a pending code by SMS becomes void."""
    clear_login(request)
    record_authentication(request, user, method=method)
    login = Login(user=user, redirect_url=wanted)
    response: HttpResponse = perform_login(request, login)
    return response


class StaffSignIn(RefusalFormView, LoginView):
    """/sign-in/staff/: e-mail address and password, also for somebody who came with a code before."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if admin.site.has_permission(request):
            return redirect(get_login_redirect_url(request))
        if request.user.is_authenticated and has_signed_in_with(request, "password"):
            if is_second_factor_missing(request.user):
                return redirect("mfa_activate_totp")
            if is_password_change_due(request):
                messages.warning(request, _("Your password is too old. Please choose a new one."))
                return redirect("admin:password_change")
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def form_valid(self, form: Form) -> HttpResponse:
        end_session(self.request)
        response: HttpResponse = super().form_valid(form)
        return response


def end_session(request: HttpRequest) -> None:
    """Or another's session is thrown away later, and the note of the password with it."""
    saved_form = request.session.get(SAVED_FORM)
    logout(request)
    if saved_form:
        request.session[SAVED_FORM] = saved_form


request_code = RequestCode.as_view()
confirm_code = ConfirmCode.as_view()
staff = StaffSignIn.as_view()
inactive = AccountInactiveView.as_view()
sign_out = LogoutView.as_view()
