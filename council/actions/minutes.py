"""The minutes: drafted, reviewed by another person, published for good, corrected by a new version only."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import change_status, checked_reason, transition_refusal
from circle.identifiers.number_scan import refuse_id_numbers
from circle.models import User
from council.actions.amendments import check_amendments, check_review_time
from council.actions.meetings import check_results, lock_meeting, not_possible_error
from council.actions.member_messages import notify_of_correction, notify_of_review
from council.actions.postings import post_resolutions
from council.actions.private_parts import Reasons, check_public_texts
from council.actions.revisions import changed_meanwhile_error
from council.actions.sheets import Texts, changed_parts, compose_sheet, public_texts, sheet_now, texts_of
from council.actions.topics import plain_line, plain_text, refuse_too_long
from council.models import Meeting, MinutesVersion, text_digest

Status = MinutesVersion.Status
MINUTES_LENGTH = 20_000  # characters for one item
HEAD_LENGTH = 60
REASON_LENGTH = 200


@transaction.atomic
def draft_minutes(*, meeting: Meeting, at: dt.datetime, by: User) -> MinutesVersion:
    """Begin the minutes of a meeting that was held. Pressed twice, it gives the draft that is there.

    Refuses: already_published (begin a correction instead), not_possible.
    """
    meeting = lock_meeting(meeting)
    if meeting.status != Meeting.Status.HELD:
        raise not_possible_error(meeting)
    versions = MinutesVersion.objects.filter(meeting=meeting)
    begun = versions.open().first()
    if begun:
        return begun
    if versions.exists():
        raise ValidationError(
            _("These minutes are published. Begin a correction instead."), code="already_published"
        )
    return begin_version(meeting, version=1, correction="", replaces=None, at=at, by=by)


@transaction.atomic
def correct_minutes(*, published: MinutesVersion, reason: str, at: dt.datetime, by: User) -> MinutesVersion:
    """Begin a new version that says what the published one says; it replaces it once it is published itself.

    Refuses: reason_missing, reason_too_long, correction_begun, not_possible (it is not the published one).
    """
    reason = checked_reason(reason, REASON_LENGTH)
    meeting = lock_meeting(published.meeting)
    published.refresh_from_db()
    if published.status != Status.PUBLISHED:
        raise transition_refusal(published, Status.DRAFT)
    versions = MinutesVersion.objects.filter(meeting=meeting)
    if versions.open().exists():
        raise ValidationError(_("A correction is being written already."), code="correction_begun")
    return begin_version(
        meeting, version=published.version + 1, correction=reason, replaces=published, at=at, by=by
    )


def begin_version(
    meeting: Meeting,
    *,
    version: int,
    correction: str,
    replaces: MinutesVersion | None,
    at: dt.datetime,
    by: User,
) -> MinutesVersion:
    published = replaces.sheet if replaces else None
    row = MinutesVersion(
        community_id=meeting.community_id,
        meeting=meeting,
        version=version,
        correction=correction,
        status_at=at,
        drafted_by=by,
    )
    texts = texts_of(published) if published else {}
    row.body = compose_sheet(row, texts, replaces.sha256 if replaces else "", published).text
    row.save(force_insert=True)
    row.writers.add(by)
    record(
        verb="minutes_drafted",
        subject=row,
        community=row.community_id,
        at=at,
        actor=by,
        after=Status.DRAFT,
        version=version,
    )
    return row


@transaction.atomic
def write_minutes(
    *,
    minutes: MinutesVersion,
    texts: Texts,
    at: dt.datetime,
    by: User,
    seen: int | None = None,
    head: Mapping[str, str] | None = None,
) -> MinutesVersion:
    """Save the text of each item; roll, results and resolutions are taken over as they stand now.

    `head` is who chaired and who wrote it down, where that is said as well.

    `seen` is the revision that the writer's form was filled in upon.
    Refuses: text_too_long, changed_meanwhile (it has another revision by now), not_possible (it is not a
    draft any more).
    """
    lock_meeting(minutes.meeting)
    minutes.refresh_from_db()
    clean = {number: (plain_text(zh), plain_text(en)) for number, (zh, en) in texts.items()}
    for pair in clean.values():
        for text in pair:
            refuse_too_long(text, MINUTES_LENGTH)
    named: dict[str, Any] = {name: plain_line(text) for name, text in (head or {}).items()}
    sheet = replace(minutes.sheet, **named)
    for text in (sheet.chaired_by, sheet.recorded_by):
        refuse_too_long(text, HEAD_LENGTH)
    body = compose_sheet(minutes, {**texts_of(sheet), **clean}, sheet.replaces, sheet).text
    seen = minutes.revision if seen is None else seen
    apply_transition(
        minutes,
        "minutes_written",
        [Status.DRAFT],
        Status.DRAFT,
        at,
        by,
        rows=MinutesVersion.objects.filter(revision=seen),
        body=body,
        revision=seen + 1,
    )
    minutes.writers.add(by)
    return minutes


@transaction.atomic
def submit_minutes(
    *, minutes: MinutesVersion, at: dt.datetime, by: User, reasons: Reasons | None = None
) -> MinutesVersion:
    """Give them to another person to read; roll and results are fixed from now on.

    Who was there is told where to read them, and until when to ask for other words.

    Refuses: items_open, minutes_text_missing (each with the numbers of the items), id_number_shown,
    personal_data_shown (a phone, flat or name without its reason), already_in_review, not_possible.
    """
    lock_meeting(minutes.meeting)
    minutes.refresh_from_db()
    if minutes.status == Status.DRAFT:
        check_results(minutes.meeting)
    sheet = replace(sheet_now(minutes), previous=last_published_hash(minutes.meeting))
    empty = [str(point.number) for point in sheet.points if not point.minutes_zh]
    if empty and minutes.status == Status.DRAFT:
        raise ValidationError(
            _("Nothing is written yet for these items: %(numbers)s."),
            code="minutes_text_missing",
            params={"numbers": ", ".join(empty)},
        )
    if minutes.status == Status.DRAFT:
        texts = public_texts(sheet)
        check_public_texts(*texts, about=minutes.meeting, reasons=reasons or {}, at=at, by=by)
    apply_transition(
        minutes,
        "minutes_submitted",
        [Status.DRAFT],
        Status.IN_REVIEW,
        at,
        by,
        body=sheet.text,
        note="",
        approved_by=None,
    )
    notify_of_review(minutes, at)
    return minutes


@transaction.atomic
def drop_correction(*, minutes: MinutesVersion, at: dt.datetime, by: User) -> None:
    """Take back a correction that was begun by mistake, as long as it is a draft. Twice is harmless.

    Refuses: results_changed (roll, times or results are no longer as they were published), text_withdrawn
    (of the version before it), not_possible.
    """
    meeting = lock_meeting(minutes.meeting)
    found = MinutesVersion.objects.filter(pk=minutes.pk).first()
    if found is None:
        return
    if found.status != Status.DRAFT or found.version == 1:
        raise transition_refusal(found, "dropped")
    published = MinutesVersion.objects.current().filter(meeting=meeting).first()
    if published is None:
        raise ValidationError(
            _("The text before it is withdrawn. Finish the correction instead."), code="text_withdrawn"
        )
    if changed_parts(published):
        raise ValidationError(
            _("Roll or results are no longer as they were published. Finish the correction instead."),
            code="results_changed",
        )
    record(
        verb="correction_dropped",
        subject=meeting,
        community=meeting.community_id,
        at=at,
        actor=by,
        version=found.version,
        sha256=text_digest(found.body),
    )
    found.delete()


@transaction.atomic
def return_minutes(*, minutes: MinutesVersion, reason: str, at: dt.datetime, by: User) -> MinutesVersion:
    """Give them back to be written again, and say why.

    Refuses: reason_missing, reason_too_long, already_draft, not_possible (published).
    """
    reason = checked_reason(reason, REASON_LENGTH)
    apply_transition(
        minutes,
        "minutes_returned",
        [Status.IN_REVIEW, Status.APPROVED],
        Status.DRAFT,
        at,
        by,
        note=reason,
        approved_by=None,
    )
    return minutes


@transaction.atomic
def approve_minutes(
    *, minutes: MinutesVersion, at: dt.datetime, by: User, digest: str | None = None
) -> MinutesVersion:
    """Another person than those who wrote in it has read it and finds it right.

    `digest` is that of the text which they have read.
    Refuses: same_person, changed_meanwhile (it is another text by now), review_running, already_approved,
    not_possible, and as check_amendments does.
    """
    lock_meeting(minutes.meeting)  # whoever writes a text holds it, so it stays the one that is compared
    minutes.refresh_from_db()
    if minutes.writers.filter(pk=by.pk).exists() or minutes.drafted_by_id == by.pk:
        raise ValidationError(_("Whoever wrote the minutes cannot approve them."), code="same_person")
    if minutes.status == Status.IN_REVIEW and digest not in (None, text_digest(minutes.body)):
        raise changed_meanwhile_error()
    if minutes.status == Status.IN_REVIEW:
        check_amendments(minutes)
        check_review_time(minutes, at)
    apply_transition(minutes, "minutes_approved", [Status.IN_REVIEW], Status.APPROVED, at, by, approved_by=by)
    return minutes


@transaction.atomic
def publish_minutes(*, minutes: MinutesVersion, at: dt.datetime, by: User) -> MinutesVersion:
    """Make them public, with the hash of their text; the version before is marked as replaced and stays.

    Refuses: id_number_shown (return them), already_published, not_possible (not approved).
    """
    lock_meeting(minutes.meeting)
    minutes.refresh_from_db()
    if minutes.status != Status.APPROVED:
        raise transition_refusal(minutes, Status.PUBLISHED)
    refuse_id_numbers(*public_texts(minutes.sheet))
    before = MinutesVersion.objects.current().filter(meeting=minutes.meeting_id).first()
    if before:
        apply_transition(before, "minutes_superseded", [Status.PUBLISHED], Status.SUPERSEDED, at, by)
    apply_transition(
        minutes,
        "minutes_published",
        [Status.APPROVED],
        Status.PUBLISHED,
        at,
        by,
        sha256=text_digest(minutes.body),
        published_at=at,
    )
    post_resolutions(minutes.meeting, before.sheet if before else None, at, by)
    if minutes.version > 1 and minutes.meeting.body.is_public:
        notify_of_correction(minutes, at)
    return minutes


def last_published_hash(meeting: Meeting) -> str | None:
    """Of the community's chain; None for a body that is not in it."""
    if not meeting.body.is_public:
        return None
    chain = MinutesVersion.objects.chain(meeting.community_id)
    return chain.values_list("sha256", flat=True).last() or ""


def apply_transition(
    row: MinutesVersion,
    verb: str,
    allowed: list[Status],
    to: Status,
    at: dt.datetime,
    by: User,
    rows: "QuerySet[MinutesVersion] | None" = None,
    **fields: Any,
) -> None:
    details: dict[str, object] = {"version": row.version}
    if to == Status.PUBLISHED:  # verified later, out of reach of whoever rewrites the row
        details["sha256"] = fields["sha256"]
    change_status(row, verb=verb, allowed=allowed, to=to, at=at, by=by, rows=rows, details=details, **fields)
