"""Lines for the street map: streets, and how far one walks."""

from django.http import Http404, HttpResponse, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import condition, require_safe

from circle.coverage.open_data import streets_geojson
from circle.forms import CircleForm
from circle.models import StreetNetwork
from circle.proximity.street_cache import streets_of
from circle.walking.drawing import line_collection, round_line
from circle.walking.limits import LIMIT_MINUTES
from circle.walking.within import streets_within
from circle.web.middleware import PortalRequest
from circle.web.page_cache import cache_for_a_minute

GEOJSON, COMPACT = "application/geo+json", {"separators": (",", ":")}
HOUR_SECONDS = 3600


def streets_etag(request: PortalRequest) -> str | None:
    network = StreetNetwork.objects.current(request.community)
    return f'"{network.sha256}"' if network else None


@require_safe
@condition(etag_func=streets_etag)
@cache_for_a_minute
def streets(request: PortalRequest) -> HttpResponse:
    """/circle/streets.geojson: the streets in use as lines; the map's link carries their digest."""
    content = streets_geojson(request.community)
    if content is None:
        raise Http404
    response = HttpResponse(content, content_type=GEOJSON)
    patch_cache_control(response, max_age=HOUR_SECONDS)
    return response


@require_safe
@cache_for_a_minute
def reach(request: PortalRequest) -> HttpResponse:
    """/circle/reach.geojson: the streets within fifteen minutes of my building, searched now."""
    known, building = streets_of(request.community), request.building
    if known is None:
        raise Http404
    door = known.home(building) if building else known.doors.door(request.community.point)
    if door is None:
        raise Http404
    pace = request.preferences.walking_pace
    is_step_free = CircleForm.from_query(request.GET).narrowed()["step_free"] or pace == "wheelchair"
    lines = streets_within(known.step_free if is_step_free else known.graph, door, LIMIT_MINUTES, pace)
    return JsonResponse(
        line_collection({"reach": [round_line(line) for line in lines]}),
        json_dumps_params=COMPACT,
        content_type=GEOJSON,
    )
