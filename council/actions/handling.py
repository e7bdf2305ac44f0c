"""What an office does with a topic until its answer: each step is a station, told to who raised it."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import change_status, checked_reason, transition_refusal
from circle.calendar.working_days import SHANGHAI
from circle.models import User
from council.actions.answers import offices_in_charge
from council.actions.meetings import lock_meeting
from council.actions.private_parts import refuse_private_parts
from council.actions.topic_stations import (
    DUE,
    add_station,
    answer_rule,
    family_of,
    lock_topic,
    promise,
    promise_answer,
    tell_news,
    working_days_after,
)
from council.models import Meeting, Office, Station, Topic
from council.models.stations import NOTE_LENGTH

Status, Kind = Topic.Status, Station.Kind
OPEN = [Status.RECEIVED, Status.ACCEPTED]


@transaction.atomic
def acknowledge_topic(*, topic: Topic, at: dt.datetime, by: User) -> Topic:
    """The office has read it: from now on the date of the answer counts. Twice is harmless.

    Refuses: not_possible (it is taken up, or over).
    """
    row = lock_topic(topic)
    if row.stations.filter(kind=Kind.ACKNOWLEDGED).exists():
        return topic
    if row.status != Status.RECEIVED:
        raise transition_refusal(row, Kind.ACKNOWLEDGED)
    promise_answer(row, None, localdate(row.came_at, SHANGHAI))
    row.save(update_fields=DUE)
    station = add_station(row, Kind.ACKNOWLEDGED, at, by, due_on=row.due_on)
    write_down(row, "topic_acknowledged", at, by)
    tell_news(row, station, at)
    topic.refresh_from_db()
    return topic


@transaction.atomic
def refer_topic(
    *,
    topic: Topic,
    office: str,
    reason_zh: str,
    at: dt.datetime,
    by: User,
    due_on: dt.date | None = None,
    reason_en: str = "",
) -> Topic:
    """Give it to another office, with a date of its own; the first receiver stays responsible.

    Refuses: reason_missing, reason_too_long, id_number_shown, personal_data_shown, office_unknown,
    same_office, not_possible.
    """
    reason = public_reason(topic, reason_zh, reason_en)
    row = open_row(topic)
    if office not in Office.values:
        raise ValidationError(_("Choose an office."), code="office_unknown")
    if office in offices_in_charge(row):
        raise ValidationError(_("This office has it already."), code="same_office")
    day = localdate(at, SHANGHAI)
    rule = answer_rule(day)
    if due_on is None and rule is not None:
        due_on = working_days_after(day, rule["answer_days"])
    station = add_station(row, Kind.REFERRED, at, by, office=office, due_on=due_on, **reason)
    write_down(row, "topic_referred", at, by, office=office)
    tell_news(row, station, at)
    topic.refresh_from_db()
    return topic


@transaction.atomic
def return_topic(*, topic: Topic, reason_zh: str, at: dt.datetime, by: User, reason_en: str = "") -> Topic:
    """The office to which it was referred gives it back within the days of the rule: it is not theirs.

    Refuses: reason_missing, reason_too_long, id_number_shown, personal_data_shown, not_referred,
    too_late_to_return, not_possible.
    """
    reason = public_reason(topic, reason_zh, reason_en)
    row = open_row(topic)
    moved = row.stations.filter(kind__in=[Kind.REFERRED, Kind.RETURNED]).order_by("-pk").first()
    if moved is None or moved.kind != Kind.REFERRED:
        raise ValidationError(_("It is referred to no other office."), code="not_referred")
    day = localdate(moved.at, SHANGHAI)
    rule = answer_rule(day)
    if rule and localdate(at, SHANGHAI) > working_days_after(day, rule["return_days"]):
        raise ValidationError(
            _("It can be given back within %(days)s working days only."),
            code="too_late_to_return",
            params={"days": rule["return_days"]},
        )
    station = add_station(row, Kind.RETURNED, at, by, office=moved.office, **reason)
    write_down(row, "topic_returned", at, by, office=moved.office)
    tell_news(row, station, at)
    topic.refresh_from_db()
    return topic


@transaction.atomic
def extend_topic(*, topic: Topic, reason_zh: str, at: dt.datetime, by: User, reason_en: str = "") -> Topic:
    """A later date, once, for a reason that everybody reads.

    Refuses: reason_missing, reason_too_long, id_number_shown, personal_data_shown, already_extended,
    no_due_date (nothing was promised), not_possible.
    """
    reason = public_reason(topic, reason_zh, reason_en)
    row = open_row(topic)
    if row.is_extended:
        raise ValidationError(_("It was extended once already."), code="already_extended")
    rule = answer_rule(localdate(row.came_at, SHANGHAI))
    if rule is None or row.due_from is None:
        raise ValidationError(_("There is no date to extend."), code="no_due_date")
    days = rule["extension_days"]
    is_waiting_for_rule_days = row.due_days < rule["answer_days"]  # not read by the office yet
    promise(row, row.due_from, (rule["answer_days"] if is_waiting_for_rule_days else row.due_days) + days)
    row.is_extended = True
    if row.responded_at is None:
        row.respond_by = working_days_after(localdate(row.came_at, SHANGHAI), rule["answer_days"] + days)
    row.save(update_fields=["is_extended", "respond_by", *DUE])
    station = add_station(row, Kind.EXTENDED, at, by, due_on=row.due_on, **reason)
    write_down(row, "topic_extended", at, by)
    tell_news(row, station, at)
    topic.refresh_from_db()
    return topic


@transaction.atomic
def merge_topics(*, topic: Topic, target: Topic, at: dt.datetime, by: User) -> Topic:
    """It goes on as part of another one; who raised or supports it gets the answer of that one.

    What was joined with it before goes on with it. Refuses: merge_with_itself, merge_in_circle (the other is
    itself joined with one), other_community, target_closed, not_taken_up (the other has no public words),
    already_merged (with yet another one), not_possible. Twice is harmless.
    """
    if topic.pk == target.pk:
        raise ValidationError(_("A topic cannot be joined with itself."), code="merge_with_itself")
    rows = {pk: lock_topic(Topic(pk=pk)) for pk in sorted((topic.pk, target.pk))}
    row, other = rows[topic.pk], rows[target.pk]
    if row.merged_into_id == other.pk:
        return topic
    check_target(row, other)
    change_status(
        row, verb="topic_merged", allowed=OPEN, to=Status.MERGED, at=at, by=by,
        details={"target": other.pk}, merged_into=other,
    )  # fmt: skip
    station = add_station(row, Kind.MERGED, at, by, target=other)
    tell_news(row, station, at)  # before those joined with it go on
    Topic.objects.filter(merged_into=row).update(merged_into=other)
    topic.refresh_from_db()
    return topic


def check_target(row: Topic, other: Topic) -> None:
    if other.merged_into_id:
        raise ValidationError(
            _("That one is itself joined with another. Choose that other one."), code="merge_in_circle"
        )
    if other.community_id != row.community_id:
        raise ValidationError(_("This belongs to another community."), code="other_community")
    if not other.is_open:
        raise ValidationError(_("That one has its answer already."), code="target_closed")
    if not other.public_text_zh:
        raise ValidationError(_("Take up that one first: it has no public words."), code="not_taken_up")


@transaction.atomic
def hand_on_topic(*, topic: Topic, meeting: Meeting, at: dt.datetime, by: User) -> Topic:
    """Leave an unanswered topic to a meeting of its body, whose agenda is not published yet.

    Refuses: wrong_meeting, not_possible (it has its answer already).
    """
    target = lock_meeting(meeting)
    is_open = target.status in (Meeting.Status.PLANNED, Meeting.Status.CALL_OPEN)
    if not is_open or target.body_id != topic.body_id or target.pk == topic.meeting_id:
        raise ValidationError(
            _("Choose another meeting of this body whose agenda is not published yet."), code="wrong_meeting"
        )
    change_status(
        topic,
        verb="topic_handed_on",
        allowed=[topic.status] if topic.status in OPEN else [],
        to=topic.status,
        at=at,
        by=by,
        details={"source": topic.meeting_id, "target": target.pk},
        meeting=target,
        is_queued=False,
    )
    place(topic, target, at, by)
    return topic


def place(topic: Topic, meeting: Meeting, at: dt.datetime, by: User) -> None:
    """The station of a topic that was left to a meeting; who raised it is told."""
    promise_answer(topic, meeting, localdate(at, SHANGHAI))
    topic.save(update_fields=DUE)
    station = add_station(topic, Kind.PLACED, at, by, meeting=meeting, due_on=topic.due_on)
    tell_news(topic, station, at)


@transaction.atomic
def withdraw_topic(*, topic: Topic, at: dt.datetime, by: User) -> Topic:
    """By who raised it, before its answer; its stations stay on its page, without words. Twice is harmless.

    Refuses: not_yours, not_possible.
    """
    row = lock_topic(topic)
    if not Topic.objects.mine(by).filter(pk=row.pk).exists():
        raise ValidationError(_("You may not act for this person."), code="not_yours")
    if row.status == Status.WITHDRAWN:
        return topic
    if len(family_of(row)) > 1:
        raise ValidationError(
            _("Others wait for the same answer, so it stays. Please phone us."), code="not_possible"
        )
    change_status(row, verb="topic_withdrawn", allowed=OPEN, to=Status.WITHDRAWN, at=at, by=by)
    add_station(row, Kind.WITHDRAWN, at, None)
    empty_notes(row)
    topic.refresh_from_db()
    return topic


@transaction.atomic
def hide_topic(*, topic: Topic, reason: str, at: dt.datetime, by: User) -> Topic:
    """Take its words off its page for good, where they should never have been public. Twice is harmless.

    Refuses: reason_missing, reason_too_long.
    """
    reason = checked_reason(reason, 200)
    row = lock_topic(topic)
    if row.hidden_at:
        return topic
    Topic.objects.filter(pk=row.pk).update(hidden_at=at, hidden_reason=reason)
    row.hidden_at = at
    empty_notes(row)
    add_station(row, Kind.HIDDEN, at, by)
    write_down(row, "topic_hidden", at, by)
    topic.refresh_from_db()
    return topic


def empty_notes(topic: Topic) -> None:
    topic.stations.exclude(note_zh="", note_en="").update(note_zh="", note_en="")


def open_row(topic: Topic) -> Topic:
    row = lock_topic(topic)
    if row.status not in OPEN:
        raise transition_refusal(row, row.status)
    return row


def public_reason(topic: Topic, reason_zh: str, reason_en: str) -> dict[str, str]:
    """Refuses: reason_missing, reason_too_long, id_number_shown, personal_data_shown."""
    zh = checked_reason(reason_zh, NOTE_LENGTH)
    en = checked_reason(reason_en, NOTE_LENGTH) if reason_en.strip() else ""
    refuse_private_parts(topic.community_id, zh, en)
    return {"note_zh": zh, "note_en": en}


def write_down(topic: Topic, verb: str, at: dt.datetime, by: User, **details: Any) -> None:
    record(verb=verb, subject=topic, community=topic.community_id, at=at, actor=by, **details)
