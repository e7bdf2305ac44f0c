"""The visitor's preferences, building, community and represented person on each request."""

import math
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django_htmx.middleware import HtmxDetails

from circle.models import Building, Community, Resident, User
from circle.models.read_once import read_once, reading_once
from circle.models.residents import own_ids
from circle.web.display_preferences import PREFERENCES_COOKIE, DisplayPreferences

ACTING_FOR_KEY = "acting_for"  # session key: code of the person on whose behalf all pages act


# Of what a browser may ask for, pages use the position alone, and only where the visitor presses the button.
PERMISSIONS_POLICY = "camera=(), microphone=(), payment=(), usb=(), geolocation=(self)"
PHONES: dict[str, str] = {}  # of the community that this process showed last


class PortalRequest(HttpRequest):
    """The request after PortalMiddleware; views use it as their request's type."""

    preferences: DisplayPreferences
    building: Building | None
    community: Community
    acting: Resident | None
    htmx: HtmxDetails


def signed_in_user(request: PortalRequest) -> User:
    """The user in views behind `login_required`; asserts for the type checker that nobody is anonymous."""
    assert isinstance(request.user, User)  # noqa: S101
    return request.user


def people_for(request: PortalRequest, scope: str = "") -> "QuerySet[Resident]":
    """The people on whose behalf this page may act: all represented ones, or the one chosen for all pages."""
    people = Resident.objects.represented_by(signed_in_user(request), scope)
    return people.filter(pk=request.acting.pk) if request.acting else people


class PortalMiddleware:
    """Sets the request's display preferences, building, community and represented person, read when used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        preferences = DisplayPreferences.read(request.COOKIES.get(PREFERENCES_COOKIE, ""))
        request.preferences = preferences  # type: ignore[attr-defined]
        request.home = SimpleLazyObject(lambda: registered_home(request))  # type: ignore[attr-defined]
        request.building = SimpleLazyObject(lambda: building_of(request, preferences))  # type: ignore[attr-defined]
        request.community = SimpleLazyObject(lambda: community_of(request))  # type: ignore[attr-defined]
        request.acting = SimpleLazyObject(lambda: acting_resident(request))  # type: ignore[attr-defined]
        with reading_once() if request.method in ("GET", "HEAD") else nullcontext():
            response = self.get_response(request)
        patch_vary_headers(response, ["Cookie"])
        response.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)  # it may show who is signed in
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Community.DoesNotExist):
            return render(request, "errors/no_community.html", status=503)
        return None


def building_of(request: HttpRequest, preferences: DisplayPreferences) -> Building | None:
    """The chosen one, else where the person lives; none of another community than the one of the host."""
    chosen: Building | None = None
    if preferences.building:
        rows = at_host(Building.objects.filter(short_code=preferences.building), request)
        chosen = rows.select_related("community").first()
    home: Resident | None = request.home  # type: ignore[attr-defined]
    return chosen or (home.building if home else None)


def registered_home(request: HttpRequest) -> Resident | None:
    """The person who is signed in, with the home of the register; no query without a session cookie."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not isinstance(request.user, User):
        return None
    if request.user.is_staff:  # at work, not at home
        return None
    own = set(own_ids(request.user))
    here = [person for person in people_with_homes(request) if person.pk in own and person.is_here]
    return min(here, key=lambda person: (person.building_id or math.inf, person.pk), default=None)


def people_with_homes(request: HttpRequest) -> list[Any]:
    """All for whom the signed-in login may act, read once a page; `is_here`: as `at_host` has it."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101

    def read() -> list[Any]:
        rows = Resident.objects.represented_by(user).annotate(is_here=is_at_host(request))
        return list(rows.select_related("building__community", "community"))

    return read_once(("people with homes", user.pk), read)


def is_at_host(request: HttpRequest) -> Q:
    host = host_of(request)
    return ~Q(Exists(Community.objects.filter(host=host))) | Q(community__host=host)


def at_host(rows: "QuerySet[Any]", request: HttpRequest) -> "QuerySet[Any]":
    """Those of the community whose host was asked, or all where the host is no community's own."""
    return rows.filter(is_at_host(request))


def host_of(request: HttpRequest) -> str:
    """Without its port; empty on the error page of a host that is not ours."""
    try:
        return request.get_host().partition(":")[0]
    except DisallowedHost:
        return ""


def community_of(request: HttpRequest) -> Community:
    """Of the visitor's building or home, else by the host, else the chosen one, else the portal's first."""
    building: Building | None = request.building  # type: ignore[attr-defined]
    home: Resident | None = request.home  # type: ignore[attr-defined]
    place = building or home
    found = place.community if place else community_without_building(request)
    PHONES["last"] = found.phone
    return found


def community_without_building(request: HttpRequest) -> Community:
    """One query: the community of this host stands before the chosen one, and that before the first."""
    preferences: DisplayPreferences = request.preferences  # type: ignore[attr-defined]
    host = host_of(request)
    is_wanted = Case(When(host=host, then=0), When(slug=preferences.community, then=1), default=2)
    others = Community.objects.exclude(pk=OuterRef("pk"))
    found = Community.objects.annotate(has_others=Exists(others)).order_by(is_wanted, "pk").first()
    if found is None:
        raise Community.DoesNotExist
    return found


def last_known_phone() -> str:
    """For a page that must stand without the database; SITE_PHONE where nobody has asked for a page yet."""
    return PHONES.get("last") or settings.SITE_PHONE


def acting_resident(request: HttpRequest) -> Resident | None:
    """The chosen person, while this login may still act for them; no query without a session cookie."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    code = request.session.get(ACTING_FOR_KEY)
    if not code or not isinstance(request.user, User):
        return None
    return Resident.objects.represented_by(request.user).filter(code=code).first()
