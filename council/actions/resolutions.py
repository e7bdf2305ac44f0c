"""What comes of the items: noted, put off, or decided by a count of hands."""

import datetime as dt
from dataclasses import asdict, replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import checked_reason
from circle.models import User
from council.actions.ballots import Ballot, fill_in_ballot, runner_up, save_parts, votes_of
from council.actions.counting import count_votes, refuse_without_seats
from council.actions.meetings import REASON_LENGTH, cut_to_minute, not_possible_error
from council.actions.revisions import changed_meanwhile_error, claim_revision
from council.actions.roll import lock_recordable_meeting
from council.actions.sheets import minuted_decision
from council.actions.topics import checked_text, plain_text
from council.actions.waivers import refuse_without_waiver
from council.models import (
    AgendaItem,
    AnnulledResolution,
    Attendance,
    Meeting,
    Objection,
    Resolution,
    Roll,
    Series,
    count_roll,
    roll_entries,
    roll_of,
)

Status = AgendaItem.Status


@transaction.atomic
def record_resolution(
    *,
    item: AgendaItem,
    text_zh: str,
    at: dt.datetime,
    by: User,
    text_en: str = "",
    voted_at: dt.datetime | None = None,
    seen: int | None = None,
    seen_result: str | None = None,
    **counted: Any,
) -> Resolution:
    """Put down the text and what was counted (a Ballot); the rule of the meeting says whether it is adopted.

    Until the minutes are submitted it may be put down again under its number. `seen` is the revision that
    the clerk's form was filled in upon, 0 where there was none; `seen_result` the status of the item.
    Refuses: changed_meanwhile (another revision or result by now), not_a_decision, text_missing,
    text_too_long, waiver_missing (of late notice), vote_outside (not while the meeting was in session),
    no_quorum (with the figures), not_represented (with the seats), too_many_hands, not_possible,
    minutes_fixed, and as fill_in_ballot does.
    """
    if item.kind != AgendaItem.Kind.DECISION:
        raise ValidationError(_("This item is not for decision."), code="not_a_decision")
    text = checked_text(text_zh, _("Write what was decided."))
    ballot = Ballot(**counted)
    meeting = lock_recordable_meeting(item.meeting)
    refuse_without_waiver(item, meeting)
    voted_at = checked_vote_time(meeting, voted_at, at)
    found = claim_resolution(item, meeting, seen)
    had_parts = found.method == Resolution.Method.RECORDED or found.second is not None
    found.text_zh, found.text_en = text, plain_text(text_en)
    found.voted_at = voted_at
    entries = roll_entries(meeting)
    fill_in_ballot(found, ballot, entries)
    found.second = runner_up(option.votes for option in ballot.counted_options)
    count_votes(found, meeting, count_roll(meeting.rule, entries, voted_at))
    found.save()
    save_parts(found, ballot, had_parts=had_parts)
    set_item_result(item, Status.DECIDED, seen_result)
    record(
        verb="resolution_recorded",
        subject=found,
        community=meeting.community_id,
        at=at,
        actor=by,
        after=found.outcome,
        hands=[found.yes, found.no, found.abstain],
        number=found.number,
    )
    return found


def checked_vote_time(meeting: Meeting, voted_at: dt.datetime | None, at: dt.datetime) -> dt.datetime:
    """To the minute; the end of the session, or now, where none was typed. Refuses: vote_outside."""
    found = cut_to_minute(voted_at or meeting.ended_at or at)
    if not cut_to_minute(meeting.opened_at or found) <= found <= (meeting.ended_at or at):
        raise ValidationError(_("The meeting was not in session then."), code="vote_outside")
    return found


@transaction.atomic
def annul_resolution(
    *, item: AgendaItem, reason: str, at: dt.datetime, by: User, seen: int | None = None
) -> AnnulledResolution:
    """Take back a count put down by mistake. It stays on record; the item then needs another result.

    Refuses: reason_missing, reason_too_long, no_resolution, changed_meanwhile (it has another revision than
    `seen` by now), acted_on (an objection or an action stands on it), not_possible, minutes_fixed.
    """
    reason = checked_reason(reason, REASON_LENGTH)
    meeting = lock_recordable_meeting(item.meeting)
    found = Resolution.objects.filter(item=item).first()
    if found is None:
        raise ValidationError(_("No hands are counted for this item."), code="no_resolution")
    claim_revision(found, Resolution.objects.all(), "revision", seen)
    if Objection.objects.filter(posting__resolution=found).exists() or found.action_items.exists():
        raise ValidationError(_("Objections or actions stand on this resolution."), code="acted_on")
    votes = votes_of(found)
    annulled = AnnulledResolution.objects.create(
        community_id=found.community_id,
        item=item,
        number=found.number,
        content=asdict(minuted_decision(found)) | ({"votes": votes} if votes else {}),
        reason=reason,
        annulled_at=at,
        annulled_by=by,
    )
    record(
        verb="resolution_annulled",
        subject=item,
        community=meeting.community_id,
        at=at,
        actor=by,
        before=found.outcome,
        number=found.number,
    )
    found.delete()
    set_item_result(item, Status.PUBLISHED)
    return annulled


def claim_resolution(item: AgendaItem, meeting: Meeting, seen: int | None) -> Resolution:
    """The one that is there, with its next revision, or a new one. Refuses: changed_meanwhile."""
    known = Resolution.objects.filter(item=item).first()
    if known:
        claim_revision(known, Resolution.objects.all(), "revision", seen)
        return known
    if seen:  # it was taken back meanwhile
        raise changed_meanwhile_error()
    return Resolution(community_id=meeting.community_id, item=item, number=new_number(meeting), revision=1)


def new_number(meeting: Meeting) -> str:
    """议〔2026〕11-03: the sign of the body, the month of the meeting, and a number that is given once."""
    month = f"{meeting.year}-{meeting.month:02}"
    number = Series.draw(f"resolution:{meeting.body_id}:{month}")
    return f"{meeting.body.sign}〔{meeting.year}〕{meeting.month:02}-{number:02}"


@transaction.atomic
def note_item(*, item: AgendaItem, at: dt.datetime, by: User, seen_result: str | None = None) -> AgendaItem:
    """It was heard and needs no decision. `seen_result` is the status that the clerk's form showed.

    Refuses: changed_meanwhile (it has another one by now), has_resolution, not_represented (a deliberation
    without a seat that must be represented), not_possible, minutes_fixed.
    """
    if item.kind == AgendaItem.Kind.DELIBERATION:
        refuse_without_seats(seats_of_session(item.meeting))
    return settle_without_resolution(item, Status.NOTED, at, by, seen_result)


def seats_of_session(meeting: Meeting) -> Roll:
    """With those who were there at any time of it."""
    roll = roll_of(meeting, meeting.opened_at or meeting.starts_at)
    came = meeting.roll.filter(status=Attendance.Status.PRESENT, is_voting=True)
    seats = set(came.values_list("seat", flat=True)) if roll.unrepresented else set()
    return replace(roll, unrepresented=[seat for seat in roll.unrepresented if seat not in seats])


@transaction.atomic
def defer_item(*, item: AgendaItem, at: dt.datetime, by: User, seen_result: str | None = None) -> AgendaItem:
    """It is put off to a later meeting. `seen_result` is the status that the clerk's form showed.

    Refuses: changed_meanwhile (it has another one by now), has_resolution, not_possible, minutes_fixed.
    """
    return settle_without_resolution(item, Status.DEFERRED, at, by, seen_result)


def settle_without_resolution(
    item: AgendaItem, to: Status, at: dt.datetime, by: User, seen_result: str | None
) -> AgendaItem:
    meeting = lock_recordable_meeting(item.meeting)
    if Resolution.objects.filter(item=item).exists():
        if seen_result not in (None, Status.DECIDED):
            raise changed_meanwhile_error()
        raise ValidationError(_("This item has a resolution."), code="has_resolution")
    before = item.status
    set_item_result(item, to, seen_result)
    record(
        verb="item_settled",
        subject=item,
        community=meeting.community_id,
        at=at,
        actor=by,
        before=before,
        after=to,
    )
    return item


def set_item_result(item: AgendaItem, to: Status, seen_result: str | None = None) -> None:
    """From the published agenda, or from another result that was put down by mistake.

    Refuses: changed_meanwhile, not_possible.
    """
    rows = AgendaItem.objects.filter(pk=item.pk).exclude(status=Status.PROPOSED)
    as_seen = rows if seen_result is None else rows.filter(status=seen_result)
    if not as_seen.update(status=to):
        raise changed_meanwhile_error() if rows.exists() else not_possible_error(item.meeting)
    item.status = to
