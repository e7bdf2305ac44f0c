"""The second factor of staff: app codes, passkeys, recovery codes, by allauth's views."""

from typing import Any, cast

from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from circle.models import User
from circle.permissions.sign_in_policy import has_signed_in_with, is_staff_sign_in_required
from circle.views.sign_in import RefusalFormView, end_session


class StaffOnlyMixin:
    """For sessions signed in by password; others are redirected to the staff sign-in."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if not (
            user.is_authenticated
            and is_staff_sign_in_required(user)
            and has_signed_in_with(request, "password")
        ):
            return redirect_to_login(request.get_full_path(), reverse("account_login"))
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        return response


@method_decorator(never_cache, name="dispatch")
class EnterCode(AuthenticateView):
    """/sign-in/staff/code/: after the password."""

    def form_invalid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 422
        return response


@method_decorator(never_cache, name="dispatch")
class Factors(StaffOnlyMixin, IndexView):
    """/sign-in/staff/factors/: the factors in use, and those that can be added."""


@method_decorator(never_cache, name="dispatch")
class SetUpApp(StaffOnlyMixin, RefusalFormView, ActivateTOTPView):
    """/sign-in/staff/app/: scan and enter the first code, which also completes this session's sign-in."""

    def form_valid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_second_factor(self.request, Authenticator.Type.TOTP)
        return response


@method_decorator(never_cache, name="dispatch")
class AddPasskey(StaffOnlyMixin, RefusalFormView, AddWebAuthnView):
    """/sign-in/staff/passkey/: add a key or the device itself; needs JavaScript."""

    def form_valid(self, form: Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_second_factor(self.request, Authenticator.Type.WEBAUTHN)
        return response


@method_decorator(never_cache, name="dispatch")
class SignInWithPasskey(LoginWebAuthnView):
    """/sign-in/staff/with-passkey/: the challenge as JSON, then the key's answer to it.

    It asks for no address and counts no failures of one, so nobody can lock it for somebody else.
    """

    def form_valid(self, form: Form) -> HttpResponse:
        key = form.cleaned_data["credential"]
        if not is_staff_sign_in_required(key.user):
            return redirect("account_login")
        end_session(self.request)
        login = Login(user=key.user, redirect_url=get_next_redirect_url(self.request))
        response: HttpResponse = perform_passwordless_login(self.request, key, login)
        return response


class RemoveApp(StaffOnlyMixin, DeactivateTOTPView):
    """/sign-in/staff/app/remove/."""


class RemovePasskey(StaffOnlyMixin, RemoveWebAuthnView):
    """/sign-in/staff/passkey/<pk>/."""


@method_decorator(never_cache, name="dispatch")
class RecoveryCodes(StaffOnlyMixin, ViewRecoveryCodesView):
    """/sign-in/staff/recovery/: to print; each works for one sign-in."""


class NewRecoveryCodes(StaffOnlyMixin, GenerateRecoveryCodesView):
    """/sign-in/staff/recovery/new/."""


def record_second_factor(request: HttpRequest, kind: str) -> None:
    record_authentication(request, cast(User, request.user), "mfa", type=kind)


def reauthenticate(request: HttpRequest) -> HttpResponse:
    """Ask for the password again before a factor is changed."""
    wanted = request.GET.get("next") or reverse("mfa_index")
    logout(request)
    messages.info(request, _("Please sign in once more: this page changes how you sign in."))
    return redirect_to_login(wanted, reverse("account_login"))


enter_code = EnterCode.as_view()
factors = Factors.as_view()
set_up_app = SetUpApp.as_view()
sign_in_with_passkey = SignInWithPasskey.as_view()
remove_app = RemoveApp.as_view()
add_passkey = AddPasskey.as_view()
remove_passkey = RemovePasskey.as_view()
recovery_codes = RecoveryCodes.as_view()
new_recovery_codes = NewRecoveryCodes.as_view()
