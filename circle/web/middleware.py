from collections.abc import Callable

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django_htmx.middleware import HtmxDetails

from circle.models import Building, Community, Resident, User
from circle.web.display_preferences import PREFERENCES_COOKIE, DisplayPreferences

ACTING_FOR_KEY = "acting_for"  # in the session: the code of the person in whose name everything is done


class PortalRequest(HttpRequest):
    """What a request carries after the visitor middleware; views name it as their request's type."""

    look: DisplayPreferences
    building: Building | None
    community: Community
    acting: Resident | None
    htmx: HtmxDetails


def signed_in_user(request: PortalRequest) -> User:
    """Who it is, in views that `login_required` guards; tells the type checker what that has seen to."""
    assert isinstance(request.user, User)  # noqa: S101
    return request.user


def people_for(request: PortalRequest, scope: str = "") -> "QuerySet[Resident]":
    """In whose name this page may do something: of all people, or of the one who was chosen for all pages."""
    people = Resident.objects.represented_by(signed_in_user(request), scope)
    return people.filter(pk=request.acting.pk) if request.acting else people


class PortalMiddleware:
    """Give each request its look, its building (same cookie) and its community, read when first used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        look = DisplayPreferences.read(request.COOKIES.get(PREFERENCES_COOKIE, ""))
        request.look = look  # type: ignore[attr-defined]
        request.building = SimpleLazyObject(lambda: chosen_building(look))  # type: ignore[attr-defined]
        request.community = SimpleLazyObject(lambda: community_of(request))  # type: ignore[attr-defined]
        request.acting = SimpleLazyObject(lambda: acting_resident(request))  # type: ignore[attr-defined]
        response = self.get_response(request)
        patch_vary_headers(response, ["Cookie"])
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Community.DoesNotExist):
            return render(request, "errors/no_community.html", status=503)
        return None


def chosen_building(look: DisplayPreferences) -> Building | None:
    if not look.building:
        return None
    return Building.objects.select_related("community").filter(short_code=look.building).first()


def community_of(request: HttpRequest) -> Community:
    """The community of the visitor's building; a first-time visitor gets the portal's first community."""
    building: Building | None = request.building  # type: ignore[attr-defined]
    if building:
        return building.community
    return Community.objects.earliest("pk")


def acting_resident(request: HttpRequest) -> Resident | None:
    """Who was chosen, while this login may still act for them. Visitors without a session cost no query."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    code = request.session.get(ACTING_FOR_KEY)
    if not code or not isinstance(request.user, User):
        return None
    return Resident.objects.represented_by(request.user).filter(code=code).first()
