"""A meeting that was held and written down on paper, entered afterwards."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.calendar.working_days import SHANGHAI
from circle.models import Facility, User
from council.actions.meetings import cut_to_minute, plan_meeting
from council.actions.roll import copy_seats
from council.actions.sessions import check_end
from council.actions.topics import plain_line
from council.models import AgendaItem, Body, Meeting, rule_of

DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class PaperItem:
    """One item as it stood on paper."""

    title_zh: str
    kind: str = AgendaItem.Kind.DELIBERATION
    title_en: str = ""


@transaction.atomic
def enter_paper_meeting(
    *,
    body: Body,
    place: Facility,
    starts_at: dt.datetime,
    ended_at: dt.datetime,
    items: Sequence[PaperItem],
    at: dt.datetime,
    by: User,
) -> Meeting:
    """Take in a meeting that is over, with its real times and items; roll, results and minutes follow.

    Nobody is notified. It is marked as entered from paper, also in public.
    Refuses: other_community, times_wrong, session_times_wrong (it is not over, or took longer than a
    session may), agenda_empty, rule_missing, already_planned (the body has it in its list: the same hour).
    """
    titles = [(plain_line(each.title_zh), each) for each in items]
    titles = [(title, each) for title, each in titles if title]
    if not titles:
        raise ValidationError(_("The agenda has no item yet."), code="agenda_empty")
    starts_at, ended_at = cut_to_minute(starts_at), cut_to_minute(ended_at)
    check_end(starts_at, ended_at, at)
    meeting = plan_past_meeting(body, place, starts_at, ended_at, at, by)
    AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting,
            number=number,
            kind=each.kind,
            title_zh=title,
            title_en=plain_line(each.title_en),
            status=AgendaItem.Status.PUBLISHED,
        )
        for number, (title, each) in enumerate(titles, start=1)
    )
    record(
        verb="paper_meeting_entered",
        subject=meeting,
        community=meeting.community_id,
        at=at,
        actor=by,
        after=meeting.status,
        items=len(titles),
    )
    return meeting


def plan_past_meeting(
    body: Body, place: Facility, starts_at: dt.datetime, ended_at: dt.datetime, at: dt.datetime, by: User
) -> Meeting:
    """In its month the next free number; there was no call for topics here."""
    Body.objects.select_for_update(no_key=True).get(pk=body.pk)  # so that two clerks get two numbers
    local = starts_at.astimezone(SHANGHAI)
    if Meeting.objects.filter(body=body, starts_at=starts_at).exclude(status="cancelled").exists():
        raise ValidationError(_("This body already has a meeting at that hour."), code="already_planned")
    same = Meeting.objects.filter(body=body, year=local.year, month=local.month)
    meeting = plan_meeting(
        body=body,
        place=place,
        starts_at=starts_at,
        ends_at=max(ended_at, starts_at + dt.timedelta(minutes=1)),
        call_opens_at=starts_at - DAY,
        call_closes_at=starts_at,
        part=(same.aggregate(last=Max("part"))["last"] or 0) + 1,
        at=at,
        by=by,
    )
    rule = rule_of(meeting)
    if rule is None:
        raise ValidationError(_("Its body has no rule yet for that day."), code="rule_missing")
    copy_seats(meeting)  # while the register still says who had a seat that day: later the roll does
    meeting.rule, meeting.is_from_paper, meeting.status = rule, True, Meeting.Status.HELD
    meeting.opened_at, meeting.ended_at = starts_at, ended_at
    meeting.save(update_fields=["rule", "is_from_paper", "status", "opened_at", "ended_at"])
    return meeting
