from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django_htmx.middleware import HtmxDetails

from circle.look import COOKIE, Look
from circle.models import Building, Community, User


class Visit(HttpRequest):
    """What a request carries after the visitor middleware; views name it as their request's type."""

    look: Look
    building: Building | None
    community: Community
    htmx: HtmxDetails


def signed_in(request: Visit) -> User:
    """Who it is, in views that `login_required` guards; tells the type checker what that has seen to."""
    assert isinstance(request.user, User)  # noqa: S101
    return request.user


class Visitor:
    """Give each request its look, its building (same cookie) and its community, read when first used."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        look = Look.read(request.COOKIES.get(COOKIE, ""))
        request.look = look  # type: ignore[attr-defined]
        request.building = SimpleLazyObject(lambda: chosen_building(look))  # type: ignore[attr-defined]
        request.community = SimpleLazyObject(lambda: community_of(request))  # type: ignore[attr-defined]
        response = self.get_response(request)
        patch_vary_headers(response, ["Cookie"])
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Community.DoesNotExist):
            return render(request, "errors/no_community.html", status=503)
        return None


def chosen_building(look: Look) -> Building | None:
    if not look.building:
        return None
    return Building.objects.select_related("community").filter(short_code=look.building).first()


def community_of(request: HttpRequest) -> Community:
    """The community of the visitor's building; a first-time visitor gets the portal's first community."""
    building: Building | None = request.building  # type: ignore[attr-defined]
    if building:
        return building.community
    return Community.objects.earliest("pk")
