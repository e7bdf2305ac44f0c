"""Which sign-in method a login must use, and what a session signed in by it may do.

Residents, volunteers and building heads prove their phone by a code. Whoever holds another post signs in with
a password and, where REQUIRE_SECOND_FACTOR is on, with an app's code or a passkey as well.
"""

import datetime as dt
import time
from collections.abc import Callable
from typing import Any, cast

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from circle.calendar import legal_parameters
from circle.models import User, posts_of
from circle.models.roles import BY_PHONE

EXPIRY_RULE = "staff_password_expiry"
CHANGE_DUE_KEY = "password_too_old"
SEEN_AT = "seen_at"
PRESENCE_INTERVAL_SECONDS = 60
SAVED_FORM = "kept_form"
SAVED_FORM_MAX_CHARS = 50_000
SAVED_FORM_SECONDS = 3600


def has_signed_in_with(request: HttpRequest, method: str, user: User | None = None) -> bool:
    """Whether this user proved this session by `method`: "password", "mfa" or "code".

    A passkey that opened it by itself stands for the password too: it knows its person by PIN or finger.
    """
    records = get_authentication_records(request, user or cast(User, request.user))
    is_by_itself = method == "password" and any(record.get("passwordless") for record in records)
    return is_by_itself or any(record["method"] == method for record in records)


def is_staff_sign_in_required(user: User) -> bool:
    return user.is_staff or user.is_superuser or any(post.role not in BY_PHONE for post in posts_of(user))


def has_required_factors(request: HttpRequest, user: User | None = None) -> bool:
    """Whether the session was proved by every factor that its user's posts demand."""
    user = user or cast(User, request.user)
    if not is_staff_sign_in_required(user):
        return True
    is_proved = not settings.REQUIRE_SECOND_FACTOR or has_signed_in_with(request, "mfa", user)
    return has_signed_in_with(request, "password", user) and is_proved


def is_second_factor_missing(user: User) -> bool:
    """Whether the user must set one up before anything else."""
    factors = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    mine = Authenticator.objects.filter(user=user, type__in=factors)
    return settings.REQUIRE_SECOND_FACTOR and is_staff_sign_in_required(user) and not mine.exists()


def note_password_age(request: HttpRequest, user: User) -> None:
    """Note in the session a password older than the rule allows; without a rule none is too old."""
    try:
        days = legal_parameters.rule_value(EXPIRY_RULE, "days", on=timezone.localdate())
    except ValidationError:
        return
    if timezone.now() - (user.password_set_at or user.date_joined) > dt.timedelta(days=days):
        request.session[CHANGE_DUE_KEY] = str(user.password_set_at)


def is_password_change_due(request: HttpRequest) -> bool:
    """Whether the password found too old at sign-in is unchanged; the page that changes it stays open."""
    old, now = request.session.get(CHANGE_DUE_KEY), str(cast(User, request.user).password_set_at)
    return old == now and request.path != reverse("admin:password_change")


class SignInMethodMiddleware:
    """A session of the wrong sign-in method is anonymous, also of a resident who was given a post since."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = request.user
        request.user = SimpleLazyObject(lambda: permitted_user(request, known))  # type: ignore[assignment]
        return self.get_response(request)


def permitted_user(request: HttpRequest, user: Any) -> User | AnonymousUser:
    if (
        not user.is_authenticated
        or has_signed_in_with(request, "password", user)
        or not is_staff_sign_in_required(user)
    ):
        return cast(User, user)
    return AnonymousUser()


class IdleSignOutMiddleware:
    """Signs idle staff out and saves their unfinished form, encrypted in the session.

    The form never goes into the address, because it may hold a child's data.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and is_idle(request):
            return sign_out_idle_user(request)
        response = self.get_response(request)
        user = request.user
        if request.session.accessed and user.is_authenticated and has_signed_in_with(request, "password"):
            note_presence(request)
        return response


def is_idle(request: HttpRequest) -> bool:
    seen = request.session.get(SEEN_AT)
    return seen is not None and time.time() - seen > settings.STAFF_IDLE_MINUTES * 60


def note_presence(request: HttpRequest) -> None:
    """At most once a minute, because each note saves the session."""
    seen, now = request.session.get(SEEN_AT, 0), time.time()
    if now - seen > PRESENCE_INTERVAL_SECONDS:
        request.session[SEEN_AT] = now


def sign_out_idle_user(request: HttpRequest) -> HttpResponse:
    unfinished = unfinished_form(request) if request.method == "POST" else None
    logout(request)
    if unfinished:
        request.session[SAVED_FORM] = unfinished
    messages.info(request, _("You were away for a while, so we signed you out. Nothing is lost."))
    wanted = reverse("kept_form") if request.method == "POST" else request.get_full_path()
    return redirect_to_login(wanted, reverse("account_login"))


def unfinished_form(request: HttpRequest) -> dict[str, Any] | None:
    """The fields sent, without passwords and files; None where there are none or they are too large."""
    sent = {
        name: request.POST.getlist(name)
        for name in request.POST
        if name != "csrfmiddlewaretoken" and "password" not in name
    }
    if not sent or sum(len(value) for values in sent.values() for value in values) > SAVED_FORM_MAX_CHARS:
        return None
    path = request.get_full_path()
    return {"user": request.user.pk, "at": time.time(), "path": path, "sent": sent}


def saved_form(request: HttpRequest) -> dict[str, Any] | None:
    """The form saved at idle sign-out: for the same user only, for an hour."""
    saved: dict[str, Any] | None = request.session.get(SAVED_FORM)
    is_theirs = saved is not None and saved["user"] == request.user.pk
    return saved if saved and is_theirs and time.time() - saved["at"] < SAVED_FORM_SECONDS else None
