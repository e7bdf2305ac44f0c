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
from circle.calendar.working_days import SHANGHAI
from circle.models import User
from council.actions.meetings import check_results, lock_meeting, not_possible_error
from council.actions.private_parts import check_public_texts, refuse_id_numbers
from council.actions.revisions import changed_meanwhile_error
from council.actions.topics import plain_text, refuse_too_long
from council.models import (
    AgendaItem,
    Decision,
    Meeting,
    MinutesVersion,
    Movement,
    Point,
    Resolution,
    Sheet,
    count_roll,
    movements_of,
    roll_entries,
    rule_of,
    text_digest,
)

Status = MinutesVersion.Status
MINUTES_LENGTH = 4000  # characters for one item
REASON_LENGTH = 200
Texts = Mapping[int, tuple[str, str]]  # item number → (zh, en)


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
    *, minutes: MinutesVersion, texts: Texts, at: dt.datetime, by: User, seen: int | None = None
) -> MinutesVersion:
    """Save the text of each item; roll, results and resolutions are taken over as they stand now.

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
    sheet = minutes.sheet
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
    *, minutes: MinutesVersion, at: dt.datetime, by: User, is_confirmed: bool = False
) -> MinutesVersion:
    """Give them to another person to read; roll and results are fixed from now on.

    Refuses: items_open, minutes_text_missing (each with the numbers of the items), id_number_shown,
    personal_data_shown (a phone or a flat, unless `is_confirmed`), already_in_review, not_possible.
    """
    lock_meeting(minutes.meeting)
    minutes.refresh_from_db()
    if minutes.status == Status.DRAFT:
        check_results(minutes.meeting)
    draft = minutes.sheet
    sheet = compose_sheet(minutes, texts_of(draft), draft.replaces, draft)
    sheet = replace(sheet, previous=last_published_hash(minutes.meeting))
    empty = [str(point.number) for point in sheet.points if not point.minutes_zh]
    if empty and minutes.status == Status.DRAFT:
        raise ValidationError(
            _("Nothing is written yet for these items: %(numbers)s."),
            code="minutes_text_missing",
            params={"numbers": ", ".join(empty)},
        )
    if minutes.status == Status.DRAFT:
        check_public_texts(*public_texts(sheet), is_confirmed=is_confirmed)
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
    return minutes


@transaction.atomic
def drop_correction(*, minutes: MinutesVersion, at: dt.datetime, by: User) -> None:
    """Take back a correction that was begun by mistake, as long as it is a draft. Twice is harmless.

    Refuses: results_changed (roll, times or results are no longer as they were published), not_possible.
    """
    meeting = lock_meeting(minutes.meeting)
    found = MinutesVersion.objects.filter(pk=minutes.pk).first()
    if found is None:
        return
    if found.status != Status.DRAFT or found.version == 1:
        raise transition_refusal(found, "dropped")
    published = MinutesVersion.objects.current().get(meeting=meeting)
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
    Refuses: same_person, changed_meanwhile (it is another text by now), already_approved, not_possible.
    """
    lock_meeting(minutes.meeting)  # whoever writes a text holds it, so it stays the one that is compared
    minutes.refresh_from_db()
    if minutes.writers.filter(pk=by.pk).exists() or minutes.drafted_by_id == by.pk:
        raise ValidationError(_("Whoever wrote the minutes cannot approve them."), code="same_person")
    if minutes.status == Status.IN_REVIEW and digest not in (None, text_digest(minutes.body)):
        raise changed_meanwhile_error()
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


def public_texts(sheet: Sheet) -> list[str]:
    texts = [sheet.correction]
    for point in sheet.points:
        texts += [point.title_zh, point.title_en, point.minutes_zh, point.minutes_en]
        texts += [point.resolution.text_zh, point.resolution.text_en] if point.resolution else []
    return texts


def texts_of(sheet: Sheet) -> dict[int, tuple[str, str]]:
    return {point.number: (point.minutes_zh, point.minutes_en) for point in sheet.points}


def compose_sheet(row: MinutesVersion, texts: Texts, replaces: str, before: Sheet | None) -> Sheet:
    """What the minutes say now: roll, results and resolutions from the rows, and the text of each item.

    A correction names body and place as the sheet before it did, whatever they are called today.
    """
    meeting = Meeting.objects.select_related("body", "place", "community", "rule").get(pk=row.meeting_id)
    begun, ended = meeting.opened_at or meeting.starts_at, meeting.ended_at or meeting.ends_at
    entries = roll_entries(meeting)
    items = AgendaItem.objects.filter(meeting=meeting).select_related("resolution").order_by("number")
    body = {"code": meeting.body.code, "zh": meeting.body.name_zh, "en": meeting.body.name_en}
    place = {"zh": meeting.place.name_zh, "en": meeting.place.name_en}
    known = before if row.version > 1 else None
    return Sheet(
        community=known.community if known else meeting.community.slug,
        body=known.body if known else body,
        meeting=meeting.slug,
        begun=format_local_time(begun),
        ended=format_local_time(ended),
        place=known.place if known else place,
        version=row.version,
        replaces=replaces,
        correction=row.correction,
        roll=count_roll(rule_of(meeting), entries, begun),
        movements=[
            Movement(format_local_time(moment), *figures)
            for moment, *figures in movements_of(entries, begun, ended)
        ],
        points=[minuted_point(item, *texts.get(item.number, ("", ""))) for item in items],
    )


def changed_parts(row: MinutesVersion) -> list[str]:
    """What of roll, times and items the tables no longer say as these minutes do."""
    sheet = row.sheet
    now = compose_sheet(row, texts_of(sheet), sheet.replaces, sheet)
    if sheet.movements is None:  # then latecomers were minuted as absent
        roll = replace(now.roll, absent=now.roll.absent + now.roll.late, late=0)
        now = replace(now, movements=None, roll=roll)
    names = ("begun", "ended", "roll", "movements", "points")
    return [name for name in names if getattr(now, name) != getattr(sheet, name)]


def minuted_point(item: AgendaItem, zh: str, en: str) -> Point:
    resolution = getattr(item, "resolution", None)
    return Point(
        number=item.number,
        kind=item.kind,
        title_zh=item.title_zh,
        title_en=item.title_en,
        result=item.status,
        minutes_zh=zh,
        minutes_en=en,
        resolution=minuted_decision(resolution) if resolution else None,
    )


def minuted_decision(row: Resolution) -> Decision:
    same = ("number", "text_zh", "text_en", "entitled", "present", "quorum", "yes", "no", "abstain")
    values = {name: getattr(row, name) for name in (*same, "needed", "rule", "outcome", "method", "invalid")}
    return Decision(**values, voted_at=format_local_time(row.voted_at))


def format_local_time(at: dt.datetime) -> str:
    """2026-11-24T19:00:00+08:00."""
    return at.astimezone(SHANGHAI).isoformat(timespec="seconds")
