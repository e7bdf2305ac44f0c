"""Open data of the circle: places, minutes, and the package that describes and hashes all files."""

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from circle.coverage.open_data import FILES, data_package
from circle.web.middleware import PortalRequest
from circle.web.page_cache import cache_for_a_minute


@require_safe
@cache_for_a_minute
def open_data(request: PortalRequest, name: str) -> HttpResponse:
    """/circle/places.geojson and /circle/minutes.csv."""
    file = next((each for each in FILES if each.name == name), None)
    content = file.content(request.community) if file else None
    if file is None or content is None:
        raise Http404
    return HttpResponse(content, content_type=f"{file.media_type}; charset=utf-8")


@require_safe
@cache_for_a_minute
def package(request: PortalRequest) -> JsonResponse:
    """/circle/datapackage.json: every file with its columns, licence, date and hash."""
    return JsonResponse(
        data_package(request.community), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
