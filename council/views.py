from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from circle.caching import kept_for_a_minute
from circle.middleware import Visit
from circle.models import Dimension


@require_safe
@kept_for_a_minute
def council(request: Visit) -> HttpResponse:
    """/council/; ?topic= names a dimension that somebody misses within fifteen minutes."""
    topic = request.GET.get("topic", "")
    context = {"topic": Dimension(topic) if topic in Dimension.values else None}
    return render(request, "council/council.html", context)
