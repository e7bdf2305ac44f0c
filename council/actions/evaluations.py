"""Whether it is solved: asked once after a final answer, and what follows where it is not."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import change_status, checked_reason
from circle.calendar.working_days import SHANGHAI
from circle.models import Message, User
from circle.notifications.outbox import expected_channel
from council.actions.member_messages import notify_topic_raiser
from council.actions.topic_stations import (
    DUE,
    add_station,
    answer_rule,
    family_of,
    in_both,
    lock_topic,
    promise_answer,
    tell_news,
)
from council.models import Evaluation, Meeting, PublicAnswer, Station, Topic
from council.models.stations import WORDS_LENGTH

Kind, Channel = Station.Kind, Evaluation.Channel
OUTCOMES = {True: _("solved"), False: _("not solved"), None: _("not reached")}
OPEN_MEETINGS = [Meeting.Status.PLANNED, Meeting.Status.CALL_OPEN]


def ask_if_solved(topic: Topic, answer: PublicAnswer, at: dt.datetime) -> Evaluation | None:
    """Of who raised it, else of the first with a name who raised what is joined with it.

    By a link; who cannot open one is called. Nobody where all came unsigned, or no days are promised.
    """
    rule = answer_rule(localdate(at, SHANGHAI))
    asked = next((each for each in family_of(topic) if each.raised_by_id), None)
    if rule is None or asked is None or asked.raised_by is None:
        return None
    made, is_new = Evaluation.objects.get_or_create(
        answer=answer,
        defaults={
            "community_id": topic.community_id,
            "topic": topic,
            "asked_at": at,
            "until": at + dt.timedelta(days=rule["evaluation_days"]),
        },
    )
    person = asked.raised_by
    login = None if person.phone_sealed else person.login
    if is_new and expected_channel(person, login) != Message.Channel.DESK:
        dedupe = f"topic_evaluation:{made.pk}"
        notify_topic_raiser(asked, None, "topic_evaluation", at, dedupe=dedupe, secret={"code": made.code})
    return made


@transaction.atomic
def evaluate_topic(
    *,
    evaluation: Evaluation,
    is_solved: bool | None,
    at: dt.datetime,
    level: int | None = None,
    words: str = "",
    is_reached: bool = True,
    by: User | None = None,
) -> Evaluation:
    """Once, by the link or (with `by`) as it was said on the phone. What is not solved is open again.

    Twice it opens by itself; after that it stands for the next meeting.
    Refuses: solved_missing, level_unknown, reason_too_long, too_late, already_evaluated.
    """
    if is_reached and is_solved is None:
        raise ValidationError(_("Say whether it is solved."), code="solved_missing")
    if level is not None and level not in Evaluation.Level.values:
        raise ValidationError(_("Choose how satisfied you are."), code="level_unknown")
    words = checked_reason(words, WORDS_LENGTH) if words.strip("\x00 \r\n\t") else ""
    topic = lock_topic(evaluation.topic)
    values: dict[str, Any] = {
        "given_at": at,
        "is_reached": is_reached,
        "is_solved": is_solved if is_reached else None,
        "level": level if is_reached else None,
        "words": words,
        "channel": Channel.CALL if by else Channel.LINK,
        "typed_by": by,
    }
    rows = Evaluation.objects.waiting().filter(pk=evaluation.pk)
    if by is None and not rows.filter(until__gt=at).exists() and rows.exists():
        raise ValidationError(_("The time for this is over. Please phone us."), code="too_late")
    if not rows.update(**values):
        raise ValidationError(_("You have told us already. Thank you."), code="already_evaluated")
    for name, value in values.items():
        setattr(evaluation, name, value)
    record(verb="topic_evaluated", subject=topic, community=topic.community_id, at=at, actor=by)
    zh, en = in_both(OUTCOMES[values["is_solved"]])
    add_station(topic, Kind.EVALUATED, at, by, office="", note_zh=zh, note_en=en)
    if is_reached and is_solved is False and topic.status == Topic.Status.ANSWERED:
        reopen(topic, at, by)
    return evaluation


def reopen(topic: Topic, at: dt.datetime, by: User | None) -> None:
    """Open again with a new date; once more than the rule says it goes to the next meeting by itself."""
    today = localdate(at, SHANGHAI)
    rule = answer_rule(today)
    goes_on = rule is not None and topic.reopened >= rule["reopenings"]
    change_status(
        topic,
        verb="topic_reopened",
        allowed=[Topic.Status.ANSWERED],
        to=Topic.Status.ACCEPTED,
        at=at,
        by=by,
        reopened=topic.reopened + 1,
        answer_zh="",
        answer_en="",
    )
    meeting = next_meeting(topic, at) if goes_on else None
    topic.meeting, topic.is_queued = meeting, goes_on and meeting is None
    promise_answer(topic, meeting, today)
    topic.save(update_fields=["meeting", "is_queued", *DUE])
    station = add_station(topic, Kind.REOPENED, at, by, due_on=topic.due_on)
    if meeting:
        add_station(topic, Kind.PLACED, at, by, meeting=meeting, due_on=topic.due_on)
    tell_news(topic, station, at)


def next_meeting(topic: Topic, at: dt.datetime) -> Meeting | None:
    """The next one of its body whose agenda is not published."""
    rows = Meeting.objects.filter(body=topic.body_id, status__in=OPEN_MEETINGS, starts_at__gt=at)
    return rows.select_related("body", "community").order_by("starts_at").first()
