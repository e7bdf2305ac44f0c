"""What members, and those who raised a topic, are told of a meeting: by message or by a visit."""

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import pgettext

from circle.calendar.working_days import SHANGHAI
from circle.notifications import Value, notify
from council.models import Attendance, Meeting, MinutesVersion, Topic, seats_held

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
    """Whom the roll shows as present, once for each time that these minutes go into review.

    Nobody where a meeting of long ago is entered from paper.
    """
    meeting, last = minutes.meeting, minutes.review_ends_on
    days = meeting.rule.minutes_days if meeting.rule else 0
    if meeting.is_from_paper and at > meeting.starts_at + days * DAY:
        return
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
    notify_present(meeting, "minutes_in_review", at, f"{minutes.pk}:{at:%Y%m%d%H%M%S}", values)


def notify_of_correction(minutes: MinutesVersion, at: dt.datetime) -> None:
    """Those who were there and those whose topics were dealt with, each once for each corrected version."""
    meeting = minutes.meeting
    values: dict[str, Value] = {
        "starts_at": meeting.starts_at,
        "body": (meeting.body.name_zh, meeting.body.name_en),
    }
    notify_present(meeting, "minutes_corrected", at, str(minutes.pk), values)
    topics = Topic.objects.filter(items__meeting=meeting, raised_by__isnull=False).distinct()
    for topic in topics.select_related("raised_by__login", "mandate__agent"):
        notify_topic_raiser(
            topic,
            meeting,
            "minutes_corrected",
            at,
            dedupe=f"minutes_corrected:{minutes.pk}:{topic.raised_by_id}",
        )


def notify_present(
    meeting: Meeting, event: str, at: dt.datetime, occasion: str, values: dict[str, Value]
) -> None:
    """Whom the roll shows as present, each once for each occasion."""
    there = meeting.roll.filter(status=Attendance.Status.PRESENT)
    for entry in there.select_related("membership__resident__login"):
        person = entry.membership.resident
        notify(
            event=event,
            community=meeting.community,
            resident=person,
            user=None if person.phone_sealed else person.login,
            at=at,
            dedupe=f"{event}:{occasion}:{person.pk}",
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


def notify_topic_raiser(
    topic: Topic,
    meeting: Meeting | None,
    event: str,
    at: dt.datetime,
    *,
    dedupe: str,
    secret: Mapping[str, str] | None = None,
    **more: Value,
) -> None:
    """To who raised it, or to who acts for them where they have no phone. Nobody where it came unsigned."""
    person = topic.raised_by
    if person is None:
        return
    agent = None
    if not person.phone_sealed:
        agent = person.login or (topic.mandate.agent if topic.mandate else None)
    values: dict[str, Value] = {"receipt": topic.receipt}
    if meeting:
        values |= {
            "starts_at": meeting.starts_at,
            "body": (meeting.body.name_zh, meeting.body.name_en),
            "place": (meeting.place.name_zh, meeting.place.name_en),
            "reason": meeting.reason,
        }
    notify(
        event=event,
        community=topic.community_id,
        resident=person,
        user=agent,
        at=at,
        dedupe=dedupe,
        values=values | more,
        secret=secret,
    )
