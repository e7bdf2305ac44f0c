"""What takes place this week, on the screen, on A4 and as text for the residents' group."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from circle.calendar.opening_hours import clock_text
from circle.calendar.weeks import Week, load_week
from circle.models import Community
from circle.notifications.sharing import MAX_CHARS
from circle.web.middleware import PortalRequest
from circle.web.page_cache import cache_for_a_minute


@require_safe
@cache_for_a_minute
def week(request: PortalRequest) -> HttpResponse:
    """/circle/week/ from today to Sunday; ?week=next from Monday on."""
    is_next = request.GET.get("week") == "next"
    found = load_week(request.community, timezone.now(), is_next=is_next)
    url = request.build_absolute_uri(reverse("week") + ("?week=next" if is_next else ""))
    context = {"week": found, "is_next": is_next, "url": url, "has_events": any(found.events)}
    return render(request, "circle/week.html", context | {"text": group_text(request.community, found, url)})


def group_text(community: Community, week: Week, url: str) -> str:
    """A line for each, as many as WeChat shows without folding; the link is never cut."""
    days = {"first": short_day(week.first), "last": short_day(week.last)}
    title = (
        _("What takes place from %(first)s to %(last)s") % days
        if week.first < week.last
        else _("What takes place on %(day)s") % {"day": days["first"]}
    )
    lines = [
        f"{short_day(event.starts_at)} {clock_text(event.starts_at)} {event.title} ({event.place})"
        for event in week.events
    ]
    lines += [
        _("Closed: %(place)s, %(when)s") % {"place": each.title, "when": each.when} for each in week.closings
    ]
    head = _("%(community)s: %(text)s") % {"community": community.name, "text": title}
    foot = _("More: %(url)s") % {"url": url}
    return "\n".join([head, *fitting_lines(lines, MAX_CHARS - len(head) - len(foot) - 2), foot])


def fitting_lines(lines: list[str], room: int) -> list[str]:
    """As many as have room, and how many more there are."""
    for many in range(len(lines), -1, -1):
        left = len(lines) - many
        more = [ngettext("and %(count)s more", "and %(count)s more", left) % {"count": left}] if left else []
        if sum(len(line) + 1 for line in [*lines[:many], *more]) <= room:
            return [*lines[:many], *more]
    return []


def short_day(day: dt.date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")
