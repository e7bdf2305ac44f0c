"""New agendas, minutes and resolutions, to subscribe to."""

from collections.abc import Callable
from itertools import chain
from operator import attrgetter

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from circle.web import export_formats
from circle.web.export_formats import Entry
from circle.web.middleware import PortalRequest
from circle.web.page_cache import cache_for_a_minute
from council.models import Meeting, MeetingQuerySet, MinutesVersion, Posting, Resolution
from council.models.resolutions import ResolutionQuerySet

SHOWN = 20
Address = Callable[[str], str]


@require_safe
@cache_for_a_minute
def feed(request: PortalRequest) -> HttpResponse:
    """/council/feed.atom: the newest first, in the language of the address."""
    absolute: Address = request.build_absolute_uri
    meetings = Meeting.objects.public(request.community).with_papers()
    entries = chain(
        agenda_entries(meetings, absolute),
        minutes_entries(request.community.pk, absolute),
        resolution_entries(Resolution.objects.public(request.community), absolute),
    )
    newest = sorted(entries, key=attrgetter("updated_at"), reverse=True)[:SHOWN]
    return export_formats.atom_response(
        title=_("Residents' council"),
        author=request.community.name,
        url=absolute(reverse("council")),
        feed_url=absolute(request.path),
        language=get_language() or "zh-hans",
        entries=newest,
    )


def agenda_entries(meetings: MeetingQuerySet, absolute: Address) -> list[Entry]:
    found = meetings.filter(noticed_at__isnull=False).order_by("-noticed_at")[:SHOWN]
    return [
        Entry(
            url=f"{absolute(row.get_absolute_url())}#agenda",
            title=_("Agenda: %(meeting)s") % {"meeting": row.name},
            text="\n".join(str(item) for item in row.items.all()),
            published_at=row.noticed_at or row.status_at,
            updated_at=row.noticed_at or row.status_at,
        )
        for row in found.prefetch_related("items")
    ]


def minutes_entries(community: int, absolute: Address) -> list[Entry]:
    """One for each version, also where its text was withdrawn: that is news as well."""
    rows = MinutesVersion.objects.chain(community) | MinutesVersion.objects.withdrawn(community)
    found = rows.select_related("meeting__body").order_by("-status_at", "-pk")[:SHOWN]
    return [
        Entry(
            url=absolute(row.get_absolute_url()),
            title=_("Minutes: %(meeting)s") % {"meeting": row.meeting.name},
            text=row.redaction_reason if row.is_redacted else row.correction,
            published_at=row.published_at or row.status_at,
            updated_at=row.status_at,
        )
        for row in found
    ]


def resolution_entries(rows: ResolutionQuerySet, absolute: Address) -> list[Entry]:
    found = Posting.objects.filter(resolution__in=rows.values("pk")).select_related("resolution")
    page = absolute(reverse("council_resolutions"))
    return [
        Entry(
            url=f"{page}#resolution-{row.resolution_id}",
            title=row.resolution.number,
            text=row.get_status_display(),
            published_at=row.status_at,
            updated_at=row.status_at,
        )
        for row in found.order_by("-status_at")[:SHOWN]
    ]
