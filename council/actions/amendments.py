"""What those who were there ask to change in minutes, while they are in review."""

import datetime as dt
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import change_status, checked_reason
from circle.calendar.working_days import SHANGHAI
from circle.models import User
from council.actions.meetings import REASON_LENGTH, lock_meeting
from council.actions.postings import checked_words
from council.models import (
    AgendaItem,
    Amendment,
    Attendance,
    Meeting,
    Membership,
    MinutesVersion,
    Resolution,
    text_digest,
)

Status = Amendment.Status
Moments = tuple[dt.datetime, dt.datetime]


@transaction.atomic
def ask_amendment(
    *,
    minutes: MinutesVersion,
    item: AgendaItem,
    membership: Membership,
    text: str,
    at: dt.datetime,
    by: User,
) -> Amendment:
    """Ask for other words on an item one was there for. The same words a second time are the first ones.

    Refuses: text_missing, text_too_long, id_number_shown, personal_data_shown, not_in_review, review_over
    (with its last day), not_present (on no roll, or marked as not there), left_before (not there when that
    item was dealt with).
    """
    words = checked_words(text, minutes.community_id)
    meeting = lock_meeting(minutes.meeting)
    minutes.refresh_from_db()
    if minutes.status != MinutesVersion.Status.IN_REVIEW or item.meeting_id != meeting.pk:
        raise ValidationError(_("These minutes are not in review."), code="not_in_review")
    check_last_day(minutes, at)
    check_presence(meeting, item, membership)
    known = Amendment.objects.filter(minutes=minutes, item=item, asked_by=membership, text=words).first()
    if known:
        return known
    found = Amendment.objects.create(
        community_id=meeting.community_id,
        minutes=minutes,
        item=item,
        asked_by=membership,
        text=words,
        digest=wording_digest(minutes),
        status_at=at,
        entered_by=by,
    )
    record(
        verb="amendment_asked",
        subject=found,
        community=meeting.community_id,
        at=at,
        actor=by,
        after=Status.OPEN,
        item=item.number,
        version=minutes.version,
    )
    return found


def check_last_day(minutes: MinutesVersion, at: dt.datetime) -> None:
    last = minutes.review_ends_on
    if last and localdate(at, SHANGHAI) > last:
        raise ValidationError(
            _("Changes could be asked for until %(day)s."),
            code="review_over",
            params={"day": last.isoformat()},
        )


def check_review_time(minutes: MinutesVersion, at: dt.datetime) -> None:
    """Before minutes are approved. Refuses: review_running (with its last day)."""
    last = minutes.review_ends_on
    if last and localdate(at, SHANGHAI) <= last:
        raise ValidationError(
            _("Those who were there may ask for changes until %(day)s. Approve it after that."),
            code="review_running",
            params={"day": last.isoformat()},
        )


def check_presence(meeting: Meeting, item: AgendaItem, membership: Membership) -> None:
    entry = Attendance.objects.filter(meeting=meeting, membership=membership).first()
    if entry is None or entry.status != Attendance.Status.PRESENT:
        raise ValidationError(
            _("Only those whom the roll shows as present can ask for changes to the minutes."),
            code="not_present",
        )
    if item not in items_heard(meeting, entry):
        raise ValidationError(
            _("The roll shows that they were not there when this item was dealt with."), code="left_before"
        )


def items_heard(meeting: Meeting, entry: Attendance) -> list[AgendaItem]:
    """Those during which this seat was there at any time."""
    items = list(AgendaItem.objects.filter(meeting=meeting).order_by("number"))
    return [item for item in items if was_there(entry, item_moments(meeting, item))]


def item_moments(meeting: Meeting, item: AgendaItem) -> Moments:
    """When it was dealt with: at its count of hands, else between those of the items before and after."""
    begun, ended = meeting.opened_at or meeting.starts_at, meeting.ended_at or meeting.ends_at
    votes = Resolution.objects.filter(item__meeting=meeting).order_by("voted_at")
    times = list(votes.values_list("item__number", "voted_at"))
    own = [time for number, time in times if number == item.number]
    if own:
        return own[0], own[0]
    before = [time for number, time in times if number < item.number]
    after = [time for number, time in times if number > item.number]
    first, last = max(before, default=begun), min(after, default=ended)
    return (first, last) if first <= last else (begun, ended)


def was_there(entry: Attendance, moments: Moments) -> bool:
    first, last = moments
    return any(
        (came is None or came <= last) and (left is None or left > first) for came, left in entry.spans
    )


@transaction.atomic
def accept_amendment(*, amendment: Amendment, reason: str, at: dt.datetime, by: User) -> Amendment:
    """It is right. The minutes are returned and written anew before they can be approved.

    Refuses: reason_missing, reason_too_long, already_accepted, not_possible.
    """
    lock_meeting(amendment.minutes.meeting)
    digest = wording_digest(MinutesVersion.objects.get(pk=amendment.minutes_id))
    return end_amendment(amendment, Status.ACCEPTED, "amendment_accepted", reason, at, by, digest=digest)


@transaction.atomic
def refuse_amendment(*, amendment: Amendment, reason: str, at: dt.datetime, by: User) -> Amendment:
    """The minutes stay as they are, and whoever asked reads why.

    Refuses: reason_missing, reason_too_long, already_refused, not_possible.
    """
    return end_amendment(amendment, Status.REFUSED, "amendment_refused", reason, at, by)


def end_amendment(
    amendment: Amendment,
    to: Amendment.Status,
    verb: str,
    reason: str,
    at: dt.datetime,
    by: User,
    **fields: Any,
) -> Amendment:
    reason = checked_reason(reason, REASON_LENGTH)
    lock_meeting(amendment.minutes.meeting)
    change_status(amendment, verb=verb, allowed=[Status.OPEN], to=to, at=at, by=by, reason=reason, **fields)
    return amendment


def wording_digest(minutes: MinutesVersion) -> str:
    """Of all but its place in the chain: that is written in when minutes are submitted."""
    return text_digest(replace(minutes.sheet, previous=None).text)


def check_amendments(minutes: MinutesVersion) -> None:
    """Before minutes are approved. Refuses: amendments_open, amendment_unwritten (with the items)."""
    rows = Amendment.objects.filter(minutes=minutes)
    waiting = rows.filter(status=Status.OPEN)
    unwritten = rows.filter(status=Status.ACCEPTED, digest=wording_digest(minutes))
    for found, sentence, code in (
        (waiting, _("Answer the amendments first. They are to these items: %(numbers)s."), "amendments_open"),
        (
            unwritten,
            _("Amendments were accepted and nothing is changed yet. Items: %(numbers)s."),
            "amendment_unwritten",
        ),
    ):
        numbers = sorted(set(found.values_list("item__number", flat=True)))
        if numbers:
            raise ValidationError(sentence, code=code, params={"numbers": ", ".join(map(str, numbers))})
