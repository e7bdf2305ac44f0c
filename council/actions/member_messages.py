"""What the members of a body are told of its meeting, by message or by a visit."""

import datetime as dt

from django.db import transaction
from django.utils.timezone import localtime

from circle.calendar.working_days import SHANGHAI
from circle.notifications import Value, notify
from council.models import Meeting, seats_held

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
