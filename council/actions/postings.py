"""Adopted resolutions on the notice board: posted, objected to, in force."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import change_status, transition_refusal
from circle.calendar.working_days import SHANGHAI
from circle.models import User
from council.actions.private_parts import refuse_private_parts
from council.actions.topics import plain_line, refuse_too_long
from council.models import Decision, Meeting, Objection, Posting, Resolution, Sheet
from council.models.postings import TEXT_LENGTH

Status = Posting.Status
DAY = dt.timedelta(days=1)


def post_resolutions(meeting: Meeting, before: Sheet | None, at: dt.datetime, by: User) -> list[Posting]:
    """Of a meeting whose minutes become public: every adopted resolution, for as many days as the rule says.

    One that a correction has changed is posted anew. Call it with the meeting locked.
    """
    said = decisions_in(before) if before else {}
    posted = []
    for resolution in Resolution.objects.filter(item__meeting=meeting).select_related("posting"):
        known = getattr(resolution, "posting", None)
        old = said.get(resolution.number)
        if resolution.outcome != Resolution.Outcome.ADOPTED:
            withdraw_posting(known, at, by)
        elif known is None or (old and old.text_zh != resolution.text_zh):
            posted.append(post(known or Posting(resolution=resolution), meeting, at, by))
    return posted


def decisions_in(sheet: Sheet) -> dict[str, Decision]:
    return {point.resolution.number: point.resolution for point in sheet.points if point.resolution}


def post(posting: Posting, meeting: Meeting, at: dt.datetime, by: User) -> Posting:
    """From today on; also the last day is a whole one."""
    days = meeting.rule.posting_days if meeting.rule else 0
    posting.community_id = meeting.community_id
    posting.posted_on = localdate(at, SHANGHAI)
    posting.ends_on = posting.posted_on + max(days - 1, 0) * DAY
    posting.status, posting.status_at = Status.POSTED, at
    posting.save()
    record_posting("resolution_posted", posting, at, by)
    return posting


def withdraw_posting(posting: Posting | None, at: dt.datetime, by: User) -> None:
    """A correction has found that it was not adopted."""
    if posting and posting.status != Status.SENT_BACK:
        change_status(
            posting,
            verb="resolution_sent_back",
            allowed=[Status.POSTED, Status.IN_FORCE],
            to=Status.SENT_BACK,
            at=at,
            by=by,
        )


def record_posting(verb: str, posting: Posting, at: dt.datetime, by: User | None) -> None:
    record(
        verb=verb,
        subject=posting,
        community=posting.community_id,
        at=at,
        actor=by,
        after=posting.status,
        number=posting.resolution.number,
        until=posting.ends_on.isoformat(),
    )


def lock_posting(posting: Posting) -> Posting:
    rows = Posting.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("resolution__item__meeting__rule").get(pk=posting.pk)


@transaction.atomic
def record_objection(
    *, posting: Posting, text: str, at: dt.datetime, by: User, received_on: dt.date | None = None
) -> Objection:
    """Take down what somebody has against it, in public words without a name.

    Refuses: text_missing, text_too_long, id_number_shown, personal_data_shown, not_posted_then (it was not
    posted on the day the objection came), not_possible (it is in force, or back to the meeting).
    """
    text = checked_words(text, posting.community_id)
    posting = lock_posting(posting)
    if posting.status != Status.POSTED:
        raise transition_refusal(posting, "objected")
    day = received_on or localdate(at, SHANGHAI)
    if not posting.posted_on <= day <= min(posting.ends_on, localdate(at, SHANGHAI)):
        raise ValidationError(_("It was not posted on that day."), code="not_posted_then")
    rule = posting.resolution.item.meeting.rule
    objection = Objection.objects.create(
        community_id=posting.community_id,
        posting=posting,
        received_on=day,
        due_on=day + (rule.objection_days if rule else 0) * DAY,
        text=text,
        status_at=at,
        entered_by=by,
    )
    record_posting("resolution_objected", posting, at, by)
    return objection


def checked_words(text: str, community: int) -> str:
    text = plain_line(text)
    if not text:
        raise ValidationError(_("Say it in public words."), code="text_missing")
    refuse_too_long(text, TEXT_LENGTH)
    refuse_private_parts(community, text)
    return text


@transaction.atomic
def answer_objection(
    *, objection: Objection, answer_zh: str, at: dt.datetime, by: User, answer_en: str = ""
) -> Objection:
    """The resolution stands, and everybody reads why.

    Refuses: text_missing, text_too_long, id_number_shown, personal_data_shown, already_answered,
    not_possible.
    """
    texts = (answer_zh, answer_en)
    return end_objection(objection, Objection.Status.ANSWERED, "objection_answered", texts, at, by)


@transaction.atomic
def uphold_objection(
    *, objection: Objection, answer_zh: str, at: dt.datetime, by: User, answer_en: str = ""
) -> Objection:
    """The resolution goes back to the meeting: its item proposes itself for the next agenda.

    Refuses: as answer_objection, and not_possible where actions of the resolution have begun.
    """
    texts = (answer_zh, answer_en)
    end_objection(objection, Objection.Status.UPHELD, "objection_upheld", texts, at, by)
    change_status(
        lock_posting(objection.posting),
        verb="resolution_sent_back",
        allowed=[Status.POSTED],
        to=Status.SENT_BACK,
        at=at,
        by=by,
    )
    return objection


def end_objection(
    objection: Objection,
    to: Objection.Status,
    verb: str,
    texts: tuple[str, str],
    at: dt.datetime,
    by: User,
) -> Objection:
    zh, en = texts
    chinese = checked_words(zh, objection.community_id)
    english = checked_words(en, objection.community_id) if en.strip() else ""
    lock_posting(objection.posting)
    change_status(
        objection,
        verb=verb,
        allowed=[Objection.Status.OPEN],
        to=to,
        at=at,
        by=by,
        answer_zh=chinese,
        answer_en=english,
    )
    return objection


def put_due_in_force(*, at: dt.datetime) -> int:
    """What was posted for all its days and has no open objection; the number put in force. For `tick`."""
    count = 0
    for posting in Posting.objects.due(localdate(at, SHANGHAI)):
        try:
            put_in_force(posting=posting, at=at)
        except ValidationError:
            continue
        count += 1
    return count


@transaction.atomic
def put_in_force(*, posting: Posting, at: dt.datetime) -> Posting:
    """Refuses: already_in_force, changed_meanwhile (an objection came, or posted anew), not_possible."""
    change_status(
        posting,
        verb="resolution_in_force",
        allowed=[Status.POSTED],
        to=Status.IN_FORCE,
        at=at,
        by=None,
        rows=Posting.objects.due(localdate(at, SHANGHAI)),
    )
    return posting
