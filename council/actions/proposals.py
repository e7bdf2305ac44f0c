"""The next meeting: planned, taken back, and what proposes itself for its agenda.

That is the last minutes, items put off and actions that are not verified.
"""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.calendar.working_days import SHANGHAI
from circle.models import User
from council.actions.agenda import (
    carry_open_actions,
    lock_open_agenda,
    next_number,
    order_items,
    record_item_change,
)
from council.actions.handling import hand_on_topic
from council.actions.meetings import lock_meeting, not_possible_error, plan_meeting
from council.actions.papers import remove_handed_on_papers
from council.actions.successors import continue_item, days_to_next, unfinished_items
from council.models import ActionItem, AgendaItem, Meeting, Topic

Status = Meeting.Status


def meeting_to_approve(meeting: Meeting) -> Meeting | None:
    """The last one of the body that has minutes, if they stand on no agenda yet: one called off is none."""
    earlier = Meeting.objects.filter(
        body=meeting.body_id,
        starts_at__lt=meeting.starts_at,
        status__in=[Status.HELD, Status.CLOSED],
        minutes__isnull=False,
    )
    last = earlier.order_by("-starts_at").first()
    if last is None or last.approved_under.exclude(meeting__status=Status.CANCELLED).exists():
        return None
    return last


def has_open_actions(meeting: Meeting) -> bool:
    open_ones = ActionItem.objects.unverified().of_body(meeting.body_id)
    return (
        open_ones.exists()
        and not AgendaItem.objects.filter(meeting=meeting, action_items__isnull=False).exists()
    )


def has_proposals(meeting: Meeting) -> bool:
    return bool(meeting_to_approve(meeting) or unfinished_items(meeting) or has_open_actions(meeting))


@transaction.atomic
def take_over_items(*, meeting: Meeting, at: dt.datetime, by: User) -> Meeting:
    """All that proposes itself: the last minutes first, the rest at the end; twice is harmless.

    Refuses: nothing_unfinished, not_possible (the agenda is published).
    """
    meeting = lock_open_agenda(meeting)
    if not has_proposals(meeting):
        raise ValidationError(_("Nothing is left over from earlier meetings."), code="nothing_unfinished")
    take_over(meeting, at, by)
    return meeting


def take_over(meeting: Meeting, at: dt.datetime, by: User) -> None:
    """Of a locked meeting whose agenda is not published."""
    approve_last_minutes(meeting, at, by)
    for item in unfinished_items(meeting):
        open_ones = Topic.objects.unanswered().filter(items=item)
        for topic in open_ones.filter(body=meeting.body_id).exclude(meeting=meeting).order_by("pk"):
            hand_on_topic(topic=topic, meeting=meeting, at=at, by=by)
        continue_item(item, meeting, at, by)
    carry_open_actions(meeting, at, by)


def approve_last_minutes(meeting: Meeting, at: dt.datetime, by: User) -> None:
    """As the first item."""
    last = meeting_to_approve(meeting)
    if last is None:
        return
    item = AgendaItem.objects.create(
        meeting=meeting,
        number=next_number(meeting),
        minutes_of=last,
        title_zh=f"通过{last.year}年{last.month}月会议纪要",
        title_en=f"Approval of the minutes of {last.slug}",
    )
    record_item_change("agenda_item_added", item, at, by)
    order_items(meeting, {item.pk: 1}, at, by)


@transaction.atomic
def plan_next_meeting(*, meeting: Meeting, at: dt.datetime, by: User) -> Meeting:
    """The one of the next month as this one was planned: weekday, hours, place, and the days of its call.

    What proposes itself by now stands on its agenda.
    Refuses: already_planned, and as plan_meeting does.
    """
    meeting = lock_meeting(meeting)
    shift = days_to_next(meeting.starts_at.astimezone(SHANGHAI).date())
    times = ("starts_at", "ends_at", "call_opens_at", "call_closes_at")
    planned = plan_meeting(
        body=meeting.body,
        place=meeting.place,
        at=at,
        by=by,
        **{name: getattr(meeting, name) + shift for name in times},
    )
    take_over(planned, at, by)
    return planned


@transaction.atomic
def remove_plan(*, meeting: Meeting, at: dt.datetime, by: User) -> None:
    """Take back a meeting that was planned by mistake, before its call: nobody had to do with it.

    Refuses: has_topics (handed on from another meeting), has_papers, not_possible (its call was opened).
    """
    found = lock_meeting(meeting)
    if found.status != Status.PLANNED:
        raise not_possible_error(found)
    if Topic.objects.filter(meeting=found).exists():
        raise ValidationError(_("It has topics. Leave them to another meeting first."), code="has_topics")
    remove_handed_on_papers(found, at, by)
    if found.papers.exists():
        raise ValidationError(_("It has papers. Take them away first."), code="has_papers")
    record(verb="meeting_removed", subject=found, community=found.community_id, at=at, actor=by)
    found.roll.all().delete()
    found.items.all().delete()
    found.delete()
