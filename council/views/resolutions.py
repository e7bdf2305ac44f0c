"""What was decided, what was done about it, and what is late."""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from circle.web.middleware import PortalRequest
from circle.web.page_cache import cache_for_a_minute
from council.models import ActionItem, Decision, MinutesVersion, Resolution

SHOWN = 20


@require_safe
@cache_for_a_minute
def resolutions(request: PortalRequest) -> HttpResponse:
    """/council/resolutions/: those in published minutes, the latest first, with their actions."""
    carried = ActionItem.objects.select_related("firm", "body").prefetch_related("steps")
    rows = Resolution.objects.public(request.community).select_related(
        "posting", "item__meeting__body", "item__meeting__community"
    )
    rows = rows.prefetch_related(
        Prefetch("action_items", carried.order_by("due_on", "pk")), "posting__objections"
    )
    page = Paginator(rows.order_by("-voted_at", "-pk"), SHOWN).get_page(request.GET.get("page", 1))
    today = localdate()
    decisions = decisions_of({row.item.meeting_id for row in page})
    late = ActionItem.objects.filter(resolution__in=Resolution.objects.public(request.community))
    context = {
        "page": page,
        "rows": [(row, decisions[row.number]) for row in page if row.number in decisions],
        "today": today,
        "late": late.overdue(today).count(),
        "open": late.unverified().count(),
    }
    return render(request, "council/resolutions.html", context)


def decisions_of(meetings: set[int]) -> dict[str, Decision]:
    """As the published minutes say them: the rows may be ahead of that while a correction is written."""
    points = [
        point
        for minutes in MinutesVersion.objects.current().filter(meeting__in=meetings)
        for point in minutes.sheet.points
    ]
    return {point.resolution.number: point.resolution for point in points if point.resolution}
