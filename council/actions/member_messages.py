"""What the members of a body are told of its meeting, by message or by a visit."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import pgettext

from circle.calendar.working_days import SHANGHAI
from circle.notifications import Value, notify
from council.models import Attendance, Meeting, MinutesVersion, seats_held

DAY = dt.timedelta(days=1)


def notify_members(meeting: Meeting, event: str, at: dt.datetime) -> None:
    """Everybody who has a seat on the day of the meeting, each once for each date."""
    values: dict[str, Value] = {
        "meeting": meeting.pk,
        "starts_at": meeting.starts_at,
        "body": (meeting.body.name_zh, meeting.body.name_en),
        "place": (meeting.place.name_zh, meeting.place.name_en),
        "reason": meeting.reason,
    }
    for seat in seats_held(meeting).select_related("resident__login"):
        person = seat.resident
        notify(
            event=event,
            community=meeting.community,
            resident=person,
            user=None if person.phone_sealed else person.login,
            at=at,
            dedupe=f"{event}:{meeting.pk}:{person.pk}:{meeting.ical_sequence}",
            values=values,
        )


def notify_of_review(minutes: MinutesVersion, at: dt.datetime) -> None:
    """Whom the roll shows as present, once for each time that these minutes go into review."""
    meeting, last = minutes.meeting, minutes.review_ends_on
    links, untils = [], []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            links.append(settings.SITE_URL + meeting.address("minutes_review"))
            day = date_format(last, "MONTH_DAY_FORMAT") if last else ""
            untils.append(day or pgettext("until", "they are approved"))
    values: dict[str, Value] = {
        "minutes": minutes.pk,
        "body": (meeting.body.name_zh, meeting.body.name_en),
        "held_at": meeting.starts_at,
        "link": (links[0], links[1]),
        "until": (untils[0], untils[1]),
    }
    there = meeting.roll.filter(status=Attendance.Status.PRESENT)
    for entry in there.select_related("membership__resident__login"):
        person = entry.membership.resident
        notify(
            event="minutes_in_review",
            community=meeting.community,
            resident=person,
            user=None if person.phone_sealed else person.login,
            at=at,
            dedupe=f"minutes_in_review:{minutes.pk}:{at:%Y%m%d%H%M%S}:{person.pk}",
            values=values,
        )


def remind_members(*, at: dt.datetime) -> int:
    """On the day before, or before it begins where that was missed; the number of meetings.

    Whoever was given notice on that very day needs no reminder.
    """
    midnight = localtime(at, SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
    due = Meeting.objects.filter(
        status=Meeting.Status.NOTICED,
        reminded_at=None,
        noticed_at__lt=midnight,
        starts_at__gt=at,
        starts_at__lt=midnight + 2 * DAY,
    )
    return sum(remind_of_meeting(meeting, at) for meeting in due.select_related("body", "place", "community"))


@transaction.atomic
def remind_of_meeting(meeting: Meeting, at: dt.datetime) -> bool:
    """Another machine may have done it already."""
    waiting = Meeting.objects.filter(
        pk=meeting.pk, status=Meeting.Status.NOTICED, reminded_at=None, starts_at=meeting.starts_at
    )
    if not waiting.update(reminded_at=at):
        return False
    notify_members(meeting, "member_reminder", at)
    return True
