"""A meeting as neighbours pass it on: the call for topics, then the agenda."""

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from circle.calendar.opening_hours import clock_text
from circle.notifications.sharing import Share
from circle.web.middleware import PortalRequest
from council.models import AgendaItem, Meeting


def share_of_meeting(request: PortalRequest, meeting: Meeting, items: list[AgendaItem]) -> Share | None:
    """What is public by now; None where there is nothing yet to pass on, or the meeting is over."""
    if meeting.is_calling(timezone.now()):
        title = _("What shall we talk about? %(meeting)s") % {"meeting": meeting.name}
        until = {"until": format_day_and_time(meeting.call_closes_at)}
        text = _("Topics are taken until %(until)s: online, at the window or by phone.") % until
        if not meeting.body.is_main:  # online one sends topics to the residents' council only
            text = _("Topics are taken until %(until)s: at the window or by phone.") % until
    elif meeting.status in (Meeting.Status.NOTICED, Meeting.Status.IN_SESSION):
        title = meeting.name
        numbered = [f"{number}. {item.title}" for number, item in enumerate(items, start=1)]
        text = "\n".join(numbered)
    else:
        return None
    return Share(
        community=request.community.name,
        title=title,
        when=f"{format_day_and_time(meeting.starts_at)} · {meeting.place.name}",
        text=text,
        url=request.build_absolute_uri(meeting.get_absolute_url()),
        note=_("Demo, not a real notice") if request.community.is_demo else "",
    )


def format_day_and_time(at: dt.datetime) -> str:
    local = localtime(at)
    words = {"day": date_format(local, "MONTH_DAY_FORMAT"), "time": clock_text(local)}
    return _("%(day)s, %(time)s") % words
