"""Sessions without booking, for one's own calendar."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from circle.web import export_formats
from circle.web.middleware import PortalRequest
from circle.web.page_cache import cache_for_a_minute
from services.models.hours import with_hours
from services.models.sessions import calendar_of, session_counters, sessions_of

DAYS = 28


@require_safe
@cache_for_a_minute
def session_ics(request: PortalRequest, code: str) -> HttpResponse:
    """/services/sessions/<code>/calendar.ics: the times of four weeks."""
    at = timezone.localtime()
    counter = with_hours(session_counters().filter(community=request.community, code=code), at).first()
    if counter is None:
        raise Http404
    place = counter.facility
    times = [
        export_formats.Appointment(
            uid=f"{counter.code}-{session.starts_at:%Y%m%dT%H%M}@{request.community.slug}",
            title=counter.name,
            starts_at=session.starts_at,
            ends_at=session.ends_at,
            place=place.name_and_address,
            note="",
            changed_at=at,
            sequence=int(at.timestamp()) // 60,  # the file read last is the one that holds
        )
        for session in sessions_of(counter, calendar_of(at, DAYS), at, DAYS)
    ]
    return export_formats.calendar_response(counter.code, times, title=counter.name)
