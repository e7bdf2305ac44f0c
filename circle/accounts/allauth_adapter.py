"""allauth's adapter: mobile numbers, rate limits, texts. Pages: circle/views/sign_in.py."""

import datetime as dt
import time
from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.fields import PhoneField
from allauth.core.internal import ratelimit as internal_ratelimit
from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext_lazy as _

from circle import actions
from circle.accounts.wechat import PENDING_MINUTES, PENDING_SIGN_IN
from circle.identifiers.phone_numbers import parse_mobile
from circle.models import Resident, User, posts_of
from circle.permissions.sign_in_policy import (
    has_required_factors,
    has_signed_in_with,
    is_second_factor_missing,
    is_staff_sign_in_required,
)
from circle.web.middleware import PortalRequest

STAFF_SESSION = dt.timedelta(hours=12)
RECENT_SIGN_IN = dt.timedelta(minutes=10)


class Adapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "incorrect_code": _("This is not the code we sent last. Look at the newest message."),
        "too_many_login_attempts": _("Too many attempts. Please wait a while, or phone us."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """Only a path of this site, never an address of another host."""
        return url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Staff must sign in with their password: a code sent to a phone would let in whoever borrows it."""
        stopped: HttpResponse | None = super().pre_login(request, user, **kwargs)
        if stopped or has_signed_in_with(request, "password", user):
            return stopped
        if not is_staff_sign_in_required(user):
            actions.doubt_if_unused(user=user, at=timezone.now())
            return None
        request.session.flush()
        messages.info(request, _("You hold a post here: please sign in with e-mail address and password."))
        return redirect_to_login(kwargs["redirect_url"] or reverse("admin:index"), reverse("account_login"))

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        """First settle a number in doubt, or choose the person where one number serves several."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if has_signed_in_with(request, "password", user):
            return response
        if has_signed_in_with(request, "code", user):
            connect_pending_wechat(cast(PortalRequest, request), user)
        wanted = urlencode({"next": response["Location"]})
        if user.in_doubt_since:
            return redirect(f"{reverse('number_in_doubt')}?{wanted}")
        if Resident.objects.own(user).count() > 1:
            return redirect(f"{reverse('people')}?{wanted}")
        return response

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        user = cast(User, request.user)
        if is_second_factor_missing(user):
            return reverse("mfa_activate_totp")
        if posts_of(user) or (user.is_staff and has_required_factors(request)):
            return reverse("admin:index")
        return super().get_login_redirect_url(request)

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Before a second factor is set up or removed, unless the sign-in is less than ten minutes old."""
        records = get_authentication_records(self.request, self.request.user)
        return not any(time.time() - record["at"] < RECENT_SIGN_IN.total_seconds() for record in records)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Send nothing: allauth would mail staff about each of their own steps, in its own texts."""

    def phone_form_field(self, **kwargs: Any) -> PhoneField:
        return PhoneField(
            label=_("Your mobile number"),
            help_text=_("We send a code of six digits to it. You need no account and no password."),
            widget=forms.TextInput(attrs={"type": "tel", "inputmode": "numeric", "autocomplete": "tel"}),
            error_messages={"required": _("Enter your mobile number.")},
            max_length=40,
            validators=[],  # clean_phone normalises the number first, then validates it
            **kwargs,
        )

    def clean_phone(self, phone: str) -> str:
        return parse_mobile(phone)

    def get_user_by_phone(self, phone: str) -> User:
        return actions.login_for_phone(phone=phone, at=timezone.now())

    def set_phone_verified(self, user: Any, phone: str) -> None:
        actions.verify_phone(user=user, at=timezone.now())

    def send_verification_code_sms(self, user: Any, phone: str, code: str, **kwargs: Any) -> None:
        community = cast(PortalRequest, self.request).community
        actions.send_sign_in_code(user=user, code=code, community=community, at=timezone.now())

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Without the host that allauth puts first: example.org:1, :2 … would each get a new count."""
        address: str = credentials["email"]
        return f"{address.lower()} {self.get_client_ip(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Five failures block one connection for the address; many more, from several, the address itself.

        One connection alone cannot fail so often that a colleague is locked out elsewhere.
        """
        super().pre_authenticate(request, **credentials)
        address = credentials["email"].lower()
        self.everywhere = internal_ratelimit.consume(
            request, app="allauth.account", action="login_failed_everywhere", key=address
        )
        if not self.everywhere:
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        if self.everywhere:
            self.everywhere.rollback()


def connect_pending_wechat(request: PortalRequest, user: User) -> None:
    """Connect the WeChat account this session came with, now that a code has proved the phone number."""
    found = request.session.pop(PENDING_SIGN_IN, None)
    if not found or time.time() - found["at"] > PENDING_MINUTES * 60:
        return
    at, community = timezone.now(), request.community
    try:
        actions.connect_wechat(user=user, openid=found["openid"], community=community, at=at)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0], extra_tags=refusal.code or "")
    else:
        messages.success(request, _("From now on WeChat opens your matters as well."))
