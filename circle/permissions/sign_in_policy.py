"""Which door a login comes through, and what a session that came through it may do.

Residents and neighbours who help prove their phone by a code. Whoever holds another post comes with a
password and, where REQUIRE_SECOND_FACTOR is on, with a code of an app or a passkey besides.
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
    """Whether this session of this user was proved by that: "password", "mfa", "code"."""
    records = get_authentication_records(request, user or cast(User, request.user))
    return any(record["method"] == method for record in records)


def is_staff_sign_in_required(user: User) -> bool:
    return user.is_staff or user.is_superuser or any(post.role not in BY_PHONE for post in posts_of(user))


def has_required_factors(request: HttpRequest, user: User | None = None) -> bool:
    """Whether the session came through the door that its user needs, by all of its locks."""
    user = user or cast(User, request.user)
    if not is_staff_sign_in_required(user):
        return True
    is_proved = not settings.REQUIRE_SECOND_FACTOR or has_signed_in_with(request, "mfa", user)
    return has_signed_in_with(request, "password", user) and is_proved


def is_second_factor_missing(user: User) -> bool:
    """Has to set one up before anything else."""
    factors = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    mine = Authenticator.objects.filter(user=user, type__in=factors)
    return settings.REQUIRE_SECOND_FACTOR and is_staff_sign_in_required(user) and not mine.exists()


def note_password_age(request: HttpRequest, user: User) -> None:
    """At sign-in: whether the password is older than the rule allows. Without such a rule none is too old."""
    try:
        days = legal_parameters.rule_value(EXPIRY_RULE, "days", on=timezone.localdate())
    except ValidationError:
        return
    if timezone.now() - (user.password_set_at or user.date_joined) > dt.timedelta(days=days):
        request.session[CHANGE_DUE_KEY] = str(user.password_set_at)


def is_password_change_due(request: HttpRequest) -> bool:
    """The password that was found too old at sign-in is still the same; the page to change it stays open."""
    old, now = request.session.get(CHANGE_DUE_KEY), str(cast(User, request.user).password_set_at)
    return old == now and request.path != reverse("admin:password_change")


class SignInMethodMiddleware:
    """A session by the wrong door is nobody's: also that of a resident who was given a post since."""

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
    """Staff who left the desk are signed out; a form half filled waits for them, sealed in the session.

    Never in the address: it may hold a child's data.
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
    """Once a minute: each note saves the session."""
    seen, now = request.session.get(SEEN_AT, 0), time.time()
    if now - seen > PRESENCE_INTERVAL_SECONDS:
        request.session[SEEN_AT] = now


def sign_out_idle_user(request: HttpRequest) -> HttpResponse:
    kept = unfinished_form(request) if request.method == "POST" else None
    logout(request)
    if kept:
        request.session[SAVED_FORM] = kept
    messages.info(request, _("You were away for a while, so we signed you out. Nothing is lost."))
    wanted = reverse("kept_form") if kept or request.method == "POST" else request.get_full_path()
    return redirect_to_login(wanted, reverse("account_login"))


def unfinished_form(request: HttpRequest) -> dict[str, Any] | None:
    """What was sent, but for passwords, files and what is too much to keep."""
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
    """Of this very person, for an hour."""
    kept: dict[str, Any] | None = request.session.get(SAVED_FORM)
    is_theirs = kept is not None and kept["user"] == request.user.pk
    return kept if kept and is_theirs and time.time() - kept["at"] < SAVED_FORM_SECONDS else None
