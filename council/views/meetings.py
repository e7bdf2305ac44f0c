"""What everybody may read: the next meeting and the past ones, agendas, minutes in all their versions."""

import datetime as dt

from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from circle.images.qr_codes import qr_data_uri
from circle.models import Dimension
from circle.notifications.sharing import picture_response
from circle.web import export_formats
from circle.web.middleware import PortalRequest
from circle.web.page_cache import cache_for_a_minute
from council.backoffice.papers import paper_response
from council.models import AgendaItem, Body, Meeting, MeetingQuerySet, MinutesVersion, Paper, Topic
from council.models.differences import sheet_differences
from council.models.rates import month_so_far
from council.views.downloads import docx_response, file_response, render_withdrawn
from council.views.rates import last_rates
from council.views.sharing import share_of_meeting

PAST_SHOWN, TOPICS_SHOWN, COMING_SHOWN = 6, 8, 6
IN_CALENDAR = dt.timedelta(days=366)


@require_safe
@cache_for_a_minute
def council(request: PortalRequest) -> HttpResponse:
    """/council/: the next meeting and its call; ?topic= names a dimension that somebody misses nearby."""
    at = timezone.now()
    meetings = Meeting.objects.public(request.community)
    own = meetings.of_the_council()
    wanted = request.GET.get("topic", "")
    answered = Topic.objects.filter(community=request.community).public()
    answered = answered.exclude(status=Topic.Status.MERGED).select_related("meeting__body")
    today = timezone.localdate()
    context = {
        "month": month_so_far(request.community, today),
        "requested": answered.requested(),
        "last_rates": last_rates(request.community, today),
        "topic": Dimension(wanted) if wanted in Dimension.values else None,
        "calling": own.calling(at).first(),
        "next": own.to_come(at).first(),
        "next_call": own.call_to_come(at).first(),
        "others": meetings.to_come(at).exclude(body__kind=Body.Kind.RESIDENTS_COUNCIL)[:COMING_SHOWN],
        "past": meetings.past(at)[:PAST_SHOWN],
        "years": years_of(meetings.past(at)),
        "topics": answered.order_by("-status_at", "-pk")[:TOPICS_SHOWN],
    }
    return render(request, "council/council.html", context)


def years_of(meetings: MeetingQuerySet) -> list[int]:
    """The latest first."""
    return list(meetings.order_by("-year").values_list("year", flat=True).distinct())


@require_safe
@cache_for_a_minute
def archive(request: PortalRequest, year: int) -> HttpResponse:
    """/council/<yyyy>/: every meeting of that year, the latest first."""
    years = years_of(Meeting.objects.public(request.community))
    if year not in years:
        raise Http404
    meetings = Meeting.objects.public(request.community).filter(year=year).order_by("-month", "-starts_at")
    return render(request, "council/archive.html", {"year": year, "years": years, "meetings": meetings})


@require_safe
@cache_for_a_minute
def meeting(request: PortalRequest, month: str, body: str = "") -> HttpResponse:
    """/council/[<body>/]<yyyy-mm>/: the agenda before, the minutes after; ?print=1 is the sheet for paper."""
    found = meeting_of(request, month, body)
    versions = versions_of(found)
    current = current_of(versions)
    if not found.body.is_public:
        return render_decisions(request, found, current)
    items = agenda_of(found)
    context = {
        "meeting": found,
        "continued_by": successor_of(found),
        "items": items,
        "share": share_of_meeting(request, found, items),
        "picture_url": found.address("meeting_picture"),
        "minutes": current,
        "sheet": current.sheet if current else None,
        "versions": versions,
        "papers": papers_of(found),
        "is_calling": found.is_calling(timezone.now()),
        "ics_url": found.address("meeting_ics"),
    }
    if current:
        context |= proof_of(found, current)
    if not request.GET.get("print"):
        return render(request, "council/meeting.html", context)
    url = request.build_absolute_uri(found.get_absolute_url())
    return render(request, "council/meeting_print.html", context | {"url": url, "qr": qr_data_uri(url)})


def papers_of(found: Meeting) -> list[tuple[Paper, str]]:
    """With their addresses; none before the agenda is public."""
    papers = found.papers.select_related("item") if found.has_public_agenda else []
    return [(paper, found.address("meeting_paper", paper.pk)) for paper in papers]


@require_safe
def meeting_paper(request: PortalRequest, month: str, paper: int, body: str = "") -> HttpResponse:
    """…/papers/<paper>/: the file, once the agenda is public."""
    found = meeting_with_papers(request, month, body)
    if not found.has_public_agenda:
        raise Http404
    return paper_response(get_object_or_404(Paper, pk=paper, meeting=found))


def successor_of(found: Meeting) -> Meeting | None:
    if found.status != Meeting.Status.ADJOURNED:
        return None
    return Meeting.objects.public(found.community).filter(continues=found).first()


def render_decisions(request: PortalRequest, found: Meeting, minutes: MinutesVersion | None) -> HttpResponse:
    """Of a body whose meetings are not public."""
    points = minutes.sheet.points if minutes else []
    decisions = [point.resolution for point in points if point.resolution]
    return render(request, "council/decisions.html", {"meeting": found, "decisions": decisions})


@require_safe
@cache_for_a_minute
def meeting_picture(request: PortalRequest, month: str, body: str = "") -> HttpResponse:
    """/council/[<body>/]<yyyy-mm>/picture.png: for the WeChat group."""
    found = meeting_with_papers(request, month, body)
    share = share_of_meeting(request, found, agenda_of(found))
    if share is None:
        raise Http404
    return picture_response(share)


def versions_of(found: Meeting) -> list[MinutesVersion]:
    """The published ones, the latest first, those whose text is withdrawn among them."""
    versions = list(MinutesVersion.objects.shown().filter(meeting=found).order_by("-version"))
    for row in versions:
        row.meeting = found
    return versions


def current_of(versions: list[MinutesVersion]) -> MinutesVersion | None:
    """The one that counts: the last whose text is there."""
    return next((row for row in versions if row.is_public), None)


def proof_of(found: Meeting, minutes: MinutesVersion) -> dict[str, str]:
    """What it takes to compare the text with its hash."""
    return {
        "json_url": found.address("minutes_json", minutes.version),
        "docx_url": found.address("minutes_docx", minutes.version),
        "file": minutes.file_name,
    }


def agenda_of(found: Meeting) -> list[AgendaItem]:
    """What stands on it, once it is published, with the topics that it comes from."""
    if not found.has_public_agenda and not found.noticed_at:
        return []
    topics = Prefetch("topics", Topic.objects.public().order_by("receipt"), to_attr="public_topics")
    return list(found.items.prefetch_related(topics).order_by("number"))


@require_safe
@cache_for_a_minute
def minutes_version(request: PortalRequest, month: str, version: int, body: str = "") -> HttpResponse:
    """…/v<version>/: one version for good; of a correction also what it changed."""
    found = meeting_with_papers(request, month, body)
    versions = versions_of(found)
    by_number = {row.version: row for row in versions}
    if version not in by_number:
        raise Http404
    minutes, before = by_number[version], by_number.get(version - 1)
    if minutes.is_redacted:
        return render_withdrawn(request, minutes, current_of(versions))
    before = before if before and before.is_public else None
    sheet = minutes.sheet
    context = {
        "meeting": found,
        "minutes": minutes,
        "sheet": sheet,
        "current": current_of(versions),
        "before": before,
        "differences": sheet_differences(before.sheet, sheet) if before else [],
        "versions": versions,
    } | proof_of(found, minutes)
    return render(request, "council/minutes_version.html", context)


@require_safe
def minutes_json(request: PortalRequest, month: str, version: int, body: str = "") -> HttpResponse:
    """…/minutes/<version>.json: the very bytes whose SHA-256 is shown."""
    found = meeting_with_papers(request, month, body)
    row = get_object_or_404(MinutesVersion.objects.shown(), meeting=found, version=version)
    row.meeting = found
    return render_withdrawn(request, row) if row.is_redacted else file_response(row)


@require_safe
def minutes_docx(request: PortalRequest, month: str, version: int, body: str = "") -> HttpResponse:
    """…/minutes/<version>.docx: in the layout of official documents, to print, sign and seal."""
    found = meeting_with_papers(request, month, body)
    row = get_object_or_404(MinutesVersion.objects.shown(), meeting=found, version=version)
    row.meeting = found
    return render_withdrawn(request, row) if row.is_redacted else docx_response(row)


@require_safe
def meeting_ics(request: PortalRequest, month: str, body: str = "") -> HttpResponse:
    found = meeting_of(request, month, body)
    return export_formats.calendar_response(found.file_name, [appointment(request, found)])


@require_safe
def calendar(request: PortalRequest) -> HttpResponse:
    """/council/calendar.ics: all meetings to subscribe to; those called off stay, marked so."""
    since = timezone.now() - IN_CALENDAR
    meetings = Meeting.objects.public(request.community).filter(starts_at__gt=since).order_by("starts_at")
    times = [appointment(request, found) for found in meetings]
    council = _("Residents' council")
    title = f"{request.community.name} · {council}"
    return export_formats.calendar_response("council", times, title=title)


def appointment(request: PortalRequest, found: Meeting) -> export_formats.Appointment:
    """The uid never changes, the sequence only grows: a moved meeting moves in every calendar."""
    url = request.build_absolute_uri(found.get_absolute_url())
    return export_formats.Appointment(
        uid=f"{found.ical_uid}@{found.community.slug}",
        title=found.name,
        starts_at=found.starts_at,
        ends_at=found.ends_at,
        place=f"{found.place.name}, {found.place.address}",
        note=_("Agenda and minutes: %(url)s") % {"url": url},
        changed_at=found.status_at,
        is_cancelled=found.status == Meeting.Status.CANCELLED,
        is_tentative=found.status in (Meeting.Status.PLANNED, Meeting.Status.CALL_OPEN),
        sequence=found.ical_sequence,
    )


def meeting_of(request: PortalRequest, month: str, body: str) -> Meeting:
    """One whose page everybody may open."""
    return find_meeting(Meeting.objects.public(request.community), month, body)


def find_meeting(meetings: MeetingQuerySet, month: str, body: str) -> Meeting:
    """By the month in the address; without the name of a body the residents' council's."""
    year, number, *further = (int(part) for part in month.split("-"))
    others = meetings.exclude(body__kind=Body.Kind.RESIDENTS_COUNCIL)
    meetings = others.filter(body__code=body) if body else meetings.of_the_council()
    meetings = meetings.select_related("body", "place", "community")
    return get_object_or_404(meetings, year=year, month=number, part=further[0] if further else 1)


def meeting_with_papers(request: PortalRequest, month: str, body: str) -> Meeting:
    found = meeting_of(request, month, body)
    if not found.body.is_public:
        raise Http404
    return found
