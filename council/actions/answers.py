"""What an office answers to a topic, for everybody to read; each answer is a row that stays."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import change_status, transition_refusal
from circle.models import User
from council.actions.evaluations import ask_if_solved
from council.actions.meetings import lock_meeting
from council.actions.member_messages import notify_topic_raiser
from council.actions.private_parts import Reasons, check_public_texts
from council.actions.topic_stations import add_station, family_of, lock_topic, tell_news, tell_supporters
from council.actions.topics import checked_text, checked_words, plain_text, refuse_too_long
from council.models import Office, PublicAnswer, Resolution, Station, Topic
from council.models.topics import TEXT_LENGTH

Status, Kind = Topic.Status, PublicAnswer.Kind
STATIONS = {
    Kind.INTERIM: Station.Kind.INTERIM,
    Kind.FINAL: Station.Kind.ANSWERED,
    Kind.CORRECTION: Station.Kind.CORRECTED,
    Kind.DECLINED: Station.Kind.DECLINED,
}


@transaction.atomic
def answer_topic(
    *,
    topic: Topic,
    answer_zh: str,
    at: dt.datetime,
    by: User,
    answer_en: str = "",
    office: str = "",
    resolution: Resolution | None = None,
    reasons: Reasons | None = None,
) -> Topic:
    """Say what became of it. Everybody may read the answer; each whose matter it is gets it.

    The person is asked whether it is solved.
    Refuses: answer_missing, text_too_long, id_number_shown, personal_data_shown (a phone, flat or name
    without its reason), not_in_charge (another office), already_answered, not_possible (it was not taken up).
    """
    zh, en = checked_answer(answer_zh, answer_en)
    row = locked_with_meeting(topic)
    office = office_in_charge(row, office)
    check_public_texts(zh, en, about=row.meeting or row, reasons=reasons or {}, at=at, by=by)
    values: dict[str, Any] = {"answer_zh": zh, "answer_en": en, "is_queued": False}
    change_status(
        topic, verb="topic_answered", allowed=[Status.ACCEPTED], to=Status.ANSWERED, at=at, by=by, **values
    )
    answer, station = add_answer(topic, Kind.FINAL, (zh, en), office, at, by, resolution)
    for each in family_of(topic):
        dedupe = f"topic_answered:{each.pk}:{station.pk}"
        notify_topic_raiser(each, None, "topic_answered", at, dedupe=dedupe)
    tell_supporters(topic, station, at)
    ask_if_solved(topic, answer, at)
    return topic


@transaction.atomic
def decline_topic(
    *,
    topic: Topic,
    reason_zh: str,
    at: dt.datetime,
    by: User,
    reason_en: str = "",
    public_text_zh: str = "",
    public_text_en: str = "",
    reasons: Reasons | None = None,
) -> Topic:
    """Not a matter for us. With public words everybody reads what it was and why it is not taken up.

    Without them only the person reads it: there may be nothing of it that can be public.
    Refuses: answer_missing, text_too_long, id_number_shown, personal_data_shown, already_declined,
    not_possible.
    """
    zh, en = checked_answer(reason_zh, reason_en)
    values: dict[str, Any] = {"answer_zh": zh, "answer_en": en}
    row = locked_with_meeting(topic)
    if public_text_zh.strip():
        words = checked_words(public_text_zh, public_text_en)
        values |= {"public_text_zh": words[0], "public_text_en": words[1]}
        check_public_texts(zh, en, *words, about=row.meeting or row, reasons=reasons or {}, at=at, by=by)
    change_status(
        topic, verb="topic_declined", allowed=[Status.RECEIVED], to=Status.DECLINED, at=at, by=by, **values
    )
    _answer, station = add_answer(topic, Kind.DECLINED, (zh, en), topic.office, at, by)
    for each in family_of(topic):
        dedupe = f"topic_declined:{each.pk}"
        notify_topic_raiser(each, None, "topic_declined", at, dedupe=dedupe)
    tell_supporters(topic, station, at)
    return topic


@transaction.atomic
def answer_for_now(
    *,
    topic: Topic,
    answer_zh: str,
    at: dt.datetime,
    by: User,
    answer_en: str = "",
    office: str = "",
    reasons: Reasons | None = None,
) -> Topic:
    """An interim answer: the topic stays open. The same words again are saved once.

    Refuses: as answer_topic, and not_possible where it has its answer.
    """
    return say_more(topic, Kind.INTERIM, (answer_zh, answer_en), office, reasons, at, by)


@transaction.atomic
def correct_answer(
    *,
    topic: Topic,
    answer_zh: str,
    at: dt.datetime,
    by: User,
    answer_en: str = "",
    office: str = "",
    reasons: Reasons | None = None,
) -> Topic:
    """Another wording of the answer; the one before stays on the page. The same words again are saved once.

    Refuses: as answer_topic, and not_possible where there is no answer yet.
    """
    return say_more(topic, Kind.CORRECTION, (answer_zh, answer_en), office, reasons, at, by)


def say_more(
    topic: Topic,
    kind: PublicAnswer.Kind,
    texts: tuple[str, str],
    office: str,
    reasons: Reasons | None,
    at: dt.datetime,
    by: User,
) -> Topic:
    zh, en = checked_answer(*texts)
    row = locked_with_meeting(topic)
    allowed = [Status.ANSWERED] if kind == Kind.CORRECTION else [Status.ACCEPTED]
    if row.status not in allowed:
        raise transition_refusal(row, row.status)
    office = office_in_charge(row, office)
    last = row.answers.order_by("-pk").first()
    if last and (last.text_zh, last.text_en) == (zh, en):
        return topic
    check_public_texts(zh, en, about=row.meeting or row, reasons=reasons or {}, at=at, by=by)
    if kind == Kind.CORRECTION:
        Topic.objects.filter(pk=row.pk).update(answer_zh=zh, answer_en=en)
    _answer, station = add_answer(row, kind, (zh, en), office, at, by)
    verb = "topic_answer_corrected" if kind == Kind.CORRECTION else "topic_interim"
    record(verb=verb, subject=row, community=row.community_id, at=at, actor=by, office=office)
    tell_news(row, station, at)
    topic.refresh_from_db()
    return topic


def add_answer(
    topic: Topic,
    kind: PublicAnswer.Kind,
    texts: tuple[str, str],
    office: str,
    at: dt.datetime,
    by: User,
    resolution: Resolution | None = None,
) -> tuple[PublicAnswer, Station]:
    answer = PublicAnswer.objects.create(
        community_id=topic.community_id,
        topic=topic,
        kind=kind,
        office=office,
        text_zh=texts[0],
        text_en=texts[1],
        at=at,
        by=by,
        resolution=resolution,
    )
    return answer, add_station(topic, STATIONS[kind], at, by, office=office)


def locked_with_meeting(topic: Topic) -> Topic:
    if topic.meeting_id and topic.meeting:
        lock_meeting(topic.meeting)
    return lock_topic(topic)


def office_in_charge(topic: Topic, office: str) -> str:
    """The first receiver, or the office to which it was referred last. Refuses: not_in_charge."""
    office = office or topic.office
    if office not in offices_in_charge(topic):
        raise ValidationError(
            _("%(office)s does not hold this topic. Refer it first."),
            code="not_in_charge",
            params={"office": Office(office).label if office in Office.values else office},
        )
    return office


def offices_in_charge(topic: Topic) -> list[str]:
    moved = topic.stations.filter(kind__in=[Station.Kind.REFERRED, Station.Kind.RETURNED])
    last = moved.order_by("-pk").first()
    referred = [last.office] if last and last.kind == Station.Kind.REFERRED else []
    return [topic.office, *(office for office in referred if office != topic.office)]


def checked_answer(zh: str, en: str) -> tuple[str, str]:
    zh = checked_text(zh, _("Write the answer."), code="answer_missing")
    en = plain_text(en)
    refuse_too_long(en, TEXT_LENGTH)
    return zh, en
