"""What was not finished goes on: an adjourned meeting in one other, an item put off in one other."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import change_status
from circle.calendar.working_days import SHANGHAI
from circle.models import User
from council.actions.handling import hand_on_topic
from council.actions.meetings import lock_meeting, not_possible_error, plan_meeting
from council.actions.papers import hand_on_papers
from council.models import AgendaItem, Meeting, Paper, Posting, Topic, roll_of

Status = Meeting.Status


@transaction.atomic
def adjourn_meeting(
    *, meeting: Meeting, starts_at: dt.datetime, ends_at: dt.datetime, at: dt.datetime, by: User
) -> Meeting:
    """It came to no quorum: items, papers and open topics go on in one other meeting, which this returns.

    The new meeting is at the same place; its agenda stands and has to be published. The members are notified
    of the new day with that notice. Pressed twice, it gives the meeting that is there.
    Refuses: quorate (the roll shows a quorum), too_early (before its time), times_wrong (the new one is not
    later), already_planned, not_possible.
    """
    found = lock_meeting(meeting)
    known = Meeting.objects.filter(continues=found).first()
    if known:
        return known
    if found.status != Status.NOTICED:
        raise not_possible_error(found)
    check_adjournment(found, starts_at, at)
    successor = plan_successor(found, starts_at, ends_at, at, by)
    change_status(
        found,
        verb="meeting_adjourned",
        allowed=[Status.NOTICED],
        to=Status.ADJOURNED,
        at=at,
        by=by,
        details={"target": successor.pk},
    )
    hand_on_topics(found, successor, at, by)
    items = list(AgendaItem.objects.filter(meeting=found).order_by("number"))
    AgendaItem.objects.filter(meeting=found).update(status=AgendaItem.Status.DEFERRED)
    for item in items:
        continue_item(item, successor, at, by)
    hand_on_papers(Paper.objects.filter(meeting=found, item=None), successor, None, at, by)
    return successor


def check_adjournment(meeting: Meeting, starts_at: dt.datetime, at: dt.datetime) -> None:
    if at < meeting.starts_at:
        raise ValidationError(_("It is not time yet: move it or call it off."), code="too_early")
    if roll_of(meeting, at).is_quorate:
        raise ValidationError(_("The roll shows a quorum."), code="quorate")
    if starts_at <= max(at, meeting.starts_at):
        raise ValidationError(_("The other meeting is later than this one."), code="times_wrong")


def plan_successor(
    meeting: Meeting, starts_at: dt.datetime, ends_at: dt.datetime, at: dt.datetime, by: User
) -> Meeting:
    """In its month the next free number; its call is over, as that of the first was."""
    local = starts_at.astimezone(SHANGHAI)
    same = Meeting.objects.filter(body=meeting.body, year=local.year, month=local.month)
    last = same.aggregate(last=Max("part"))["last"] or 0
    successor = plan_meeting(
        body=meeting.body,
        place=meeting.place,
        starts_at=starts_at,
        ends_at=ends_at,
        call_opens_at=meeting.call_opens_at,
        call_closes_at=meeting.call_closes_at,
        part=last + 1,
        at=at,
        by=by,
    )
    successor.continues, successor.status = meeting, Status.CALL_OPEN
    successor.save(update_fields=["continues", "status"])
    return successor


def hand_on_topics(meeting: Meeting, successor: Meeting, at: dt.datetime, by: User) -> None:
    for topic in Topic.objects.unanswered().filter(meeting=meeting).order_by("pk"):
        hand_on_topic(topic=topic, meeting=successor, at=at, by=by)


def continue_item(item: AgendaItem, meeting: Meeting, at: dt.datetime, by: User) -> AgendaItem:
    """At the end of that agenda, with its papers and the topics that belong to that meeting by now."""
    last = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("number"))["last"] or 0
    same = ("kind", "title_zh", "title_en", "text_zh", "text_en")
    was_deferred = item.status == AgendaItem.Status.DEFERRED and item.meeting.status != Status.ADJOURNED
    successor = AgendaItem.objects.create(
        meeting=meeting,
        number=last + 1,
        continues=item,
        times_put_off=item.times_put_off + was_deferred,
        **{name: getattr(item, name) for name in same},
    )
    successor.topics.set(item.topics.filter(meeting=meeting, status=Topic.Status.ACCEPTED))
    hand_on_papers(Paper.objects.filter(item=item), meeting, successor, at, by)
    record(
        verb="agenda_item_continued",
        subject=successor,
        community=meeting.community_id,
        at=at,
        actor=by,
        source=item.pk,
    )
    return successor


def unfinished_items(meeting: Meeting) -> list[AgendaItem]:
    """Put off at earlier meetings of the body or sent back by an objection, and on no other agenda since.

    Also what went on to a meeting that was then called off.
    """
    put_off = Q(status=AgendaItem.Status.DEFERRED) | Q(resolution__posting__status=Posting.Status.SENT_BACK)
    rows = AgendaItem.objects.filter(
        Q(put_off, meeting__status__in=[Status.HELD, Status.CLOSED])
        | Q(meeting__status=Status.CANCELLED, continues__isnull=False),
        meeting__body=meeting.body_id,
        meeting__starts_at__lt=meeting.starts_at,
        continued_by=None,
    )
    return list(rows.order_by("meeting__starts_at", "number"))


def days_to_next(day: dt.date) -> dt.timedelta:
    """To the same weekday of the next month, counted from its beginning; the fifth becomes the last."""
    weeks = (day.day - 1) // 7
    first = (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    found = first + dt.timedelta(days=(day.weekday() - first.weekday()) % 7 + 7 * weeks)
    if found.month != first.month:
        found -= dt.timedelta(days=7)
    return found - day
