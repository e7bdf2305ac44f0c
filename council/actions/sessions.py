"""From when to when a meeting was in session: to the minute, not when a button was pressed."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import change_status
from circle.calendar.working_days import SHANGHAI
from circle.models import User
from council.actions.counting import check_quorum
from council.actions.meetings import check_results, cut_to_minute, lock_meeting
from council.actions.revisions import claim_revision
from council.actions.roll import copy_seats, lock_recordable_meeting
from council.models import Meeting, Resolution
from council.models.meetings import LONGEST_SESSION

Status = Meeting.Status


@transaction.atomic
def open_session(
    *, meeting: Meeting, at: dt.datetime, by: User, opened_at: dt.datetime | None = None
) -> Meeting:
    """Begin, once enough voting members are there. Who has a seat and a vote stands from now on.

    `opened_at` is when it began, where that is not now.
    Refuses: wrong_day, session_times_wrong (not yet), no_quorum (with the figures), already_in_session,
    not_possible.
    """
    meeting = lock_meeting(meeting)
    opened_at = cut_to_minute(opened_at or at)
    if meeting.status == Status.NOTICED:
        check_opening(meeting, opened_at, at)
        copy_seats(meeting)
    change_status(
        meeting,
        verb="session_opened",
        allowed=[Status.NOTICED],
        to=Status.IN_SESSION,
        at=at,
        by=by,
        opened_at=opened_at,
    )
    return meeting


@transaction.atomic
def end_session(
    *, meeting: Meeting, at: dt.datetime, by: User, ended_at: dt.datetime | None = None
) -> Meeting:
    """The meeting is over; every item has its result. `ended_at` is when it ended, where that is not now.

    Refuses: items_open (with their numbers), session_times_wrong, vote_outside, already_held, not_possible.
    """
    meeting = lock_meeting(meeting)
    ended_at = cut_to_minute(ended_at or at)
    if meeting.status == Status.IN_SESSION:
        check_results(meeting)
        opened_at = meeting.opened_at or ended_at
        check_end(opened_at, ended_at, at)
        check_votes(meeting, opened_at, ended_at)
    change_status(
        meeting,
        verb="session_ended",
        allowed=[Status.IN_SESSION],
        to=Status.HELD,
        at=at,
        by=by,
        ended_at=ended_at,
    )
    return meeting


@transaction.atomic
def set_session_times(
    *,
    meeting: Meeting,
    opened_at: dt.datetime | None,
    ended_at: dt.datetime | None,
    at: dt.datetime,
    by: User,
    seen: int | None = None,
) -> Meeting:
    """Mend when it began and ended, until the minutes are submitted; `ended_at` once it has ended.

    `seen` is the revision of the roll that the form was filled in upon: these times are part of it.
    Refuses: changed_meanwhile, wrong_day, session_times_wrong, no_quorum (nobody could open it then),
    vote_outside (with the items decided outside of these times), not_possible, minutes_fixed.
    """
    meeting = lock_recordable_meeting(meeting)
    claim_revision(meeting, Meeting.objects.all(), "roll_revision", seen)
    if opened_at is None or (ended_at is None) != (meeting.ended_at is None):
        raise times_wrong_error()
    opened_at, ended_at = cut_to_minute(opened_at), ended_at and cut_to_minute(ended_at)
    if opened_at != meeting.opened_at:
        check_opening(meeting, opened_at, at)
    if ended_at:
        check_end(opened_at, ended_at, at)
    check_votes(meeting, opened_at, ended_at or cut_to_minute(at))
    meeting.opened_at, meeting.ended_at = opened_at, ended_at
    meeting.save(update_fields=["opened_at", "ended_at"])
    record(verb="session_times_set", subject=meeting, community=meeting.community_id, at=at, actor=by)
    return meeting


def check_opening(meeting: Meeting, opened_at: dt.datetime, at: dt.datetime) -> None:
    if meeting.starts_at.astimezone(SHANGHAI).date() != opened_at.astimezone(SHANGHAI).date():
        raise ValidationError(_("The meeting is for another day. Move it first."), code="wrong_day")
    if opened_at > at:
        raise times_wrong_error()
    check_quorum(meeting, opened_at)


def check_end(opened_at: dt.datetime, ended_at: dt.datetime, at: dt.datetime) -> None:
    if ended_at > at or not cut_to_minute(opened_at) <= ended_at <= opened_at + LONGEST_SESSION:
        raise times_wrong_error()


def check_votes(meeting: Meeting, opened_at: dt.datetime, ended_at: dt.datetime) -> None:
    votes = Resolution.objects.filter(item__meeting=meeting).order_by("item__number")
    outside = [
        str(number)
        for number, voted_at in votes.values_list("item__number", "voted_at")
        if not cut_to_minute(opened_at) <= cut_to_minute(voted_at) <= ended_at
    ]
    if outside:
        raise ValidationError(
            _("The hands on these items were counted at another time: %(numbers)s. Mend that first."),
            code="vote_outside",
            params={"numbers": ", ".join(outside)},
        )


def times_wrong_error() -> ValidationError:
    return ValidationError(
        _("A session ends after it began, within ten hours, and not later than now. Say when it was."),
        code="session_times_wrong",
    )
