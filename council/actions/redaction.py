"""The text of published minutes is withdrawn by two people; its hash and their reason stay."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import change_status, checked_reason, transition_refusal
from circle.models import User
from council.actions.meetings import lock_meeting
from council.actions.minutes import REASON_LENGTH, begin_version
from council.actions.private_parts import refuse_private_parts
from council.models import Meeting, MinutesVersion
from council.models.minutes import PUBLIC

Status = MinutesVersion.Status


@transaction.atomic
def ask_redaction(*, minutes: MinutesVersion, reason: str, at: dt.datetime, by: User) -> MinutesVersion:
    """Ask that the text of a published version be withdrawn. Everybody will read the reason.

    Refuses: reason_missing, reason_too_long, id_number_shown, personal_data_shown (in the reason),
    already_asked, not_possible (it is not public).
    """
    reason = checked_reason(reason, REASON_LENGTH)
    lock_meeting(minutes.meeting)
    minutes.refresh_from_db()
    if not minutes.is_public:
        raise transition_refusal(minutes, Status.REDACTED)
    if minutes.redaction_asked_by_id:
        raise ValidationError(_("Somebody has asked for it already."), code="already_asked")
    refuse_private_parts(minutes.community_id, reason)
    change_status(
        minutes,
        verb="redaction_asked",
        allowed=PUBLIC,
        to=minutes.status,
        at=at,
        by=by,
        details={"version": minutes.version},
        redaction_reason=reason,
        redaction_asked_by=by,
    )
    return minutes


@transaction.atomic
def refuse_redaction(*, minutes: MinutesVersion, at: dt.datetime, by: User) -> MinutesVersion:
    """The text stays as it is; nobody asks for its withdrawal any more. Twice is harmless.

    Refuses: not_possible (it is withdrawn already, or not public).
    """
    lock_meeting(minutes.meeting)
    minutes.refresh_from_db()
    if minutes.is_public and minutes.redaction_asked_by_id is None:
        return minutes
    change_status(
        minutes,
        verb="redaction_dropped",
        allowed=PUBLIC,
        to=minutes.status,
        at=at,
        by=by,
        details={"version": minutes.version},
        redaction_reason="",
        redaction_asked_by=None,
    )
    return minutes


@transaction.atomic
def redact_minutes(*, minutes: MinutesVersion, at: dt.datetime, by: User) -> MinutesVersion:
    """Blank the text for good. Of the current version the next one begins, as a draft with the same words.

    Refuses: not_asked, same_person, already_redacted, not_possible.
    """
    meeting = lock_meeting(minutes.meeting)
    minutes.refresh_from_db()
    if not minutes.is_public:
        raise transition_refusal(minutes, Status.REDACTED)
    if minutes.redaction_asked_by_id is None:
        raise ValidationError(_("Nobody has asked for it."), code="not_asked")
    if minutes.redaction_asked_by_id == by.pk:
        raise ValidationError(_("Whoever asked for it cannot withdraw the text."), code="same_person")
    begin_next(meeting, minutes, at, by)
    change_status(
        minutes,
        verb="minutes_redacted",
        allowed=PUBLIC,
        to=Status.REDACTED,
        at=at,
        by=by,
        details={"version": minutes.version, "sha256": minutes.sha256},
        body="",
        redacted_by=by,
    )
    return minutes


def begin_next(meeting: Meeting, minutes: MinutesVersion, at: dt.datetime, by: User) -> None:
    """So that the meeting is not left without minutes. A correction that is being written is that already."""
    is_current = minutes.status == Status.PUBLISHED
    if is_current and not MinutesVersion.objects.filter(meeting=meeting).open().exists():
        begin_version(
            meeting,
            version=minutes.version + 1,
            correction=minutes.redaction_reason,
            replaces=minutes,
            at=at,
            by=by,
        )
        record(
            verb="correction_begun",
            subject=minutes,
            community=minutes.community_id,
            at=at,
            actor=by,
            version=minutes.version + 1,
        )
