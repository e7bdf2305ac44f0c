"""A meeting from its plan to its end."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import change_status, checked_reason
from circle.calendar.working_days import SHANGHAI
from circle.models import Facility, User
from council.actions.member_messages import notify_members, notify_topic_raiser
from council.actions.topic_stations import follow_meeting, queue_topics, without_new_answer
from council.models import AgendaItem, Body, Meeting, MinutesVersion, Topic
from council.models.agenda import OPEN

Status = Meeting.Status
NOT_BEGUN = [Status.PLANNED, Status.CALL_OPEN, Status.NOTICED]
REASON_LENGTH = 200
MOVED = ["place", "starts_at", "ends_at"]


def lock_meeting(meeting: Meeting) -> Meeting:
    """Its current row, locked until the transaction ends: every action on a meeting begins here."""
    rows = Meeting.objects.select_for_update(no_key=True, of=("self",)).select_related(
        "body", "community", "rule"
    )
    return rows.get(pk=meeting.pk)


def cut_to_minute(time: dt.datetime) -> dt.datetime:
    """As the forms say it: with seconds a vote of the opening minute would lie before the opening."""
    return time.replace(second=0, microsecond=0)


def plan_meeting(
    *,
    body: Body,
    place: Facility,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    call_opens_at: dt.datetime,
    call_closes_at: dt.datetime,
    at: dt.datetime,
    by: User,
    part: int = 1,
) -> Meeting:
    """A meeting of the month in which it begins; `part` counts further ones in the same month.

    Refuses: other_community, times_wrong, call_times_wrong, already_planned.
    """
    local = starts_at.astimezone(SHANGHAI)
    meeting = Meeting(
        community_id=body.community_id,
        body=body,
        year=local.year,
        month=local.month,
        part=part,
        place=place,
        starts_at=starts_at,
        ends_at=ends_at,
        call_opens_at=call_opens_at,
        call_closes_at=call_closes_at,
        status_at=at,
    )
    check_times(meeting)
    try:
        with transaction.atomic():
            meeting.save(force_insert=True)
            record(
                verb="meeting_planned",
                subject=meeting,
                community=meeting.community_id,
                at=at,
                actor=by,
                after=Status.PLANNED,
            )
    except IntegrityError as clash:
        raise ValidationError(
            _("This body already has that meeting in this month."), code="already_planned"
        ) from clash
    return meeting


def check_times(meeting: Meeting) -> None:
    if meeting.place.community_id != meeting.community_id:
        raise ValidationError(_("This belongs to another community."), code="other_community")
    if meeting.ends_at <= meeting.starts_at:
        raise ValidationError(_("A meeting cannot end before it begins."), code="times_wrong")
    if not meeting.call_opens_at < meeting.call_closes_at <= meeting.starts_at:
        raise ValidationError(
            _("The call opens, then closes, then the meeting begins."), code="call_times_wrong"
        )


@transaction.atomic
def move_meeting(
    *,
    meeting: Meeting,
    place: Facility,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    call_opens_at: dt.datetime,
    call_closes_at: dt.datetime,
    at: dt.datetime,
    by: User,
) -> Meeting:
    """Another time or place for the same meeting; its address and its entry in calendars stay.

    Who raised a topic for it is notified when day, hour or place change, after the notice the members too.
    Refuses: times_wrong, call_times_wrong, other_community, not_possible (it has begun, or is called off).
    """
    meeting = lock_meeting(meeting)
    if meeting.status not in NOT_BEGUN:
        raise not_possible_error(meeting)
    before = (meeting.starts_at, meeting.ends_at, meeting.place_id)
    meeting.place, meeting.starts_at, meeting.ends_at = place, starts_at, ends_at
    if meeting.status != Status.NOTICED:  # the call is over and stays as it was
        meeting.call_opens_at, meeting.call_closes_at = call_opens_at, call_closes_at
    check_times(meeting)
    has_moved = before != (starts_at, ends_at, place.pk)
    meeting.ical_sequence += has_moved
    meeting.reminded_at = None if has_moved else meeting.reminded_at
    meeting.save(update_fields=[*MOVED, "call_opens_at", "call_closes_at", "ical_sequence", "reminded_at"])
    record(verb="meeting_moved", subject=meeting, community=meeting.community_id, at=at, actor=by)
    if has_moved:
        follow_meeting(meeting)
        notify_meeting_raisers(meeting, "meeting_moved", at)
        if meeting.status == Status.NOTICED:
            notify_members(meeting, "member_meeting_moved", at)
    return meeting


@transaction.atomic
def open_call(*, meeting: Meeting, at: dt.datetime, by: User | None = None) -> Meeting:
    """From now on topics are taken. `tick` does it (without `by`) when the time has come.

    Refuses: call_over (it would have closed already), already_call_open, not_possible.
    """
    if meeting.call_closes_at <= at:
        raise ValidationError(_("The call would be over already. Give it a later end."), code="call_over")
    change_status(
        meeting,
        verb="call_opened",
        allowed=[Status.PLANNED],
        to=Status.CALL_OPEN,
        at=at,
        by=by,
        call_opens_at=min(at, meeting.call_opens_at),
    )
    return meeting


@transaction.atomic
def close_call(*, meeting: Meeting, at: dt.datetime, by: User) -> Meeting:
    """End the call before its time.

    Refuses: call_not_running.
    """
    running = Meeting.objects.filter(
        pk=meeting.pk, status=Status.CALL_OPEN, call_opens_at__lt=at, call_closes_at__gt=at
    )
    if not running.update(call_closes_at=at):
        raise ValidationError(_("The call is not running."), code="call_not_running")
    meeting.refresh_from_db()
    record(verb="call_closed", subject=meeting, community=meeting.community_id, at=at, actor=by)
    return meeting


def open_due_calls(*, at: dt.datetime) -> int:
    """Those whose time has come; the number opened. Another machine may open one first."""
    opened = 0
    for meeting in Meeting.objects.call_due(at).filter(call_closes_at__gt=at):
        try:
            open_call(meeting=meeting, at=at)
        except ValidationError:
            continue
        opened += 1
    return opened


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, at: dt.datetime, by: User) -> Meeting:
    """Call it off. Its page, its agenda and its entry in calendars stay, marked so.

    Refuses: reason_missing, reason_too_long, already_cancelled, not_possible (it has begun).
    """
    reason = checked_reason(reason, REASON_LENGTH)
    was_noticed = lock_meeting(meeting).status == Status.NOTICED
    change_status(
        meeting,
        verb="meeting_cancelled",
        allowed=NOT_BEGUN,
        to=Status.CANCELLED,
        at=at,
        by=by,
        reason=reason,
        ical_sequence=F("ical_sequence") + 1,
    )
    meeting.refresh_from_db(fields=["ical_sequence"])
    notify_meeting_raisers(meeting, "meeting_cancelled", at)
    queue_topics(meeting, at, by)
    if was_noticed:
        notify_members(meeting, "member_meeting_cancelled", at)
    return meeting


@transaction.atomic
def close_meeting(*, meeting: Meeting, at: dt.datetime, by: User) -> Meeting:
    """The last step: what was raised for it has an answer newer than its session, and the minutes are public.

    What is left to a named next meeting is not raised for this one any more.

    Refuses: minutes_missing, unanswered (with the receipt numbers), already_closed, not_possible.
    """
    meeting = lock_meeting(meeting)
    if meeting.status == Status.HELD:
        check_minutes(meeting)
        receipts = list(without_new_answer(meeting).values_list("receipt", flat=True))
        if receipts:
            raise ValidationError(
                _("These topics have no answer since the session: %(receipts)s."),
                code="unanswered",
                params={"receipts": ", ".join(receipts)},
            )
    change_status(meeting, verb="meeting_closed", allowed=[Status.HELD], to=Status.CLOSED, at=at, by=by)
    return meeting


def check_minutes(meeting: Meeting) -> None:
    versions = MinutesVersion.objects.filter(meeting=meeting)
    if not versions.current().exists() or versions.open().exists():
        raise ValidationError(_("The minutes are not published yet."), code="minutes_missing")


def check_results(meeting: Meeting) -> None:
    """Refuses: items_open (with their numbers)."""
    items = AgendaItem.objects.filter(meeting=meeting, status__in=OPEN).order_by("number")
    numbers = [str(number) for number in items.values_list("number", flat=True)]
    if numbers:
        raise ValidationError(
            _("These items have no result yet: %(numbers)s."),
            code="items_open",
            params={"numbers": ", ".join(numbers)},
        )


def notify_meeting_raisers(meeting: Meeting, event: str, at: dt.datetime) -> None:
    """Those who raised a topic for this meeting, each once."""
    topics = Topic.objects.filter(meeting=meeting, raised_by__isnull=False).exclude(
        status=Topic.Status.DECLINED
    )
    notified = set()
    for topic in topics.select_related("raised_by__login", "mandate__agent").order_by("pk"):
        if topic.raised_by_id not in notified:
            notified.add(topic.raised_by_id)
            notify_topic_raiser(
                topic, meeting, event, at, dedupe=f"{event}:{topic.pk}:{meeting.ical_sequence}"
            )


def not_possible_error(meeting: Meeting) -> ValidationError:
    return ValidationError(
        _("That is not possible any more: it is %(status)s."),
        code="not_possible",
        params={"status": meeting.get_status_display()},
    )
