"""One page for each matter: what was raised, and what became of it, for everybody to follow."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from circle.images.qr_codes import qr_data_uri
from circle.web import export_formats
from circle.web.export_formats import Entry
from circle.web.middleware import PortalRequest
from circle.web.page_cache import cache_for_a_minute
from council.actions import signed_households
from council.models import Topic
from council.views.loop_lines import loop_of, station_lines


@require_safe
@cache_for_a_minute
def council_loop(request: PortalRequest, receipt: str) -> HttpResponse:
    """/council/loop/<receipt>/: six stations, each with date, office and link; prints on one page."""
    topic = topic_of(request, receipt)
    url = request.build_absolute_uri(topic.loop_url)
    context = {
        "topic": topic,
        "loop": loop_of(topic, timezone.localdate()),
        "signed": signed_households(topic) if topic.households else 0,
        "url": url,
        "qr": qr_data_uri(url),
    }
    return render(request, "council/loop.html", context)


@require_safe
@cache_for_a_minute
def council_loop_feed(request: PortalRequest, receipt: str) -> HttpResponse:
    """…/feed.atom: each station, the newest first."""
    topic = topic_of(request, receipt)
    url = request.build_absolute_uri(topic.loop_url)
    stations = list(topic.stations.select_related("meeting__body", "target").order_by("pk"))
    lines = station_lines(topic, stations, topic.answers.order_by("pk"))
    entries = [
        Entry(
            url=f"{url}#station-{station.pk}",
            title=line.title,
            text=line.text,
            published_at=station.at,
            updated_at=station.at,
        )
        for station, line in zip(stations, lines, strict=True)
    ]
    return export_formats.atom_response(
        title=_("Topic %(receipt)s") % {"receipt": topic.receipt},
        author=request.community.name,
        url=url,
        feed_url=request.build_absolute_uri(reverse("council_loop_feed", args=[topic.receipt])),
        language=get_language() or "zh-hans",
        entries=entries[::-1],
    )


def topic_of(request: PortalRequest, receipt: str) -> Topic:
    rows = Topic.objects.filter(community=request.community).on_loop()
    related = ("body", "community", "meeting__body", "merged_into", "scenario__kind")
    return get_object_or_404(rows.select_related(*related), receipt=receipt)
