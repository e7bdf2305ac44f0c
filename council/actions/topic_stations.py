"""The stations of a topic, the dates promised at each, and who is told of it."""

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import translation
from django.utils.timezone import localdate

from circle.audit.log import record
from circle.calendar.legal_parameters import rule_in_force
from circle.calendar.rule_numbers import Bounds, checked_numbers
from circle.calendar.working_days import (
    SHANGHAI,
    Calendar,
    calculate_due_date,
    due_date_in,
    reach_of_period,
)
from circle.models import Resident, User
from circle.notifications import Value, notify
from council.actions.member_messages import notify_topic_raiser
from council.models import AgendaItem, Meeting, PublicAnswer, Station, Topic

Kind = Station.Kind
RULE = "council_answers"
BOUNDS: Bounds = {
    "acknowledge_days": (0, 30),
    "return_days": (0, 30),
    "answer_days": (1, 60),
    "extension_days": (1, 60),
    "evaluation_days": (1, 90),
    "reopenings": (0, 5),
    "call_days": (1, 60),
}


def answer_rule(day: dt.date) -> dict[str, int] | None:
    """The days promised to who raises something; None where the community has promised none yet."""
    try:
        return checked_numbers(rule_in_force(RULE, on=day).params, BOUNDS)
    except ValidationError:
        return None


def working_days_after(day: dt.date, days: int) -> dt.date:
    found = calculate_due_date(day, days)
    return found.on if found else day


def promise(topic: Topic, first: dt.date, days: int) -> None:
    """The next date of a topic: so many working days after `first`, as long as it is open."""
    topic.due_from, topic.due_days, topic.due_on = first, days, working_days_after(first, days)


def promise_answer(topic: Topic, meeting: Meeting | None, first: dt.date) -> None:
    """By when the answer is due: so many working days after `first`, or after the meeting it is left to."""
    rule = answer_rule(first)
    if rule is None:
        return
    start = localdate(meeting.starts_at, SHANGHAI) if meeting else first
    extra = rule["extension_days"] if topic.is_extended and not meeting else 0
    promise(topic, start, rule["answer_days"] + extra)


def first_dates(topic: Topic) -> None:
    """Of a new topic: read by the office, then answered for the first time."""
    day = localdate(topic.came_at, SHANGHAI)
    rule = answer_rule(day)
    if rule is not None:
        promise(topic, day, rule["acknowledge_days"])
        topic.respond_by = working_days_after(day, rule["answer_days"])


DUE = ["due_from", "due_days", "due_on"]


def add_station(
    topic: Topic, kind: Station.Kind, at: dt.datetime, by: User | None, **more: object
) -> Station:
    """One more station of a topic that is locked or just made; at the first that answers the date is kept.

    Closed topics owe nothing any more.
    """
    if by is not None and is_raiser(topic, by):
        by = None
    station = Station.objects.create(
        community_id=topic.community_id,
        topic=topic,
        kind=kind,
        at=at,
        by=by,
        **{"office": topic.office} | more,
    )
    rows = Topic.objects.filter(pk=topic.pk)
    is_answer = kind in Station.RESPONSES and (kind != Kind.ACCEPTED or topic.meeting_id is not None)
    if is_answer and rows.filter(responded_at=None).update(responded_at=at):
        topic.responded_at = at
    if not topic.is_open:
        rows.update(due_from=None, due_on=None)
        topic.due_from = topic.due_on = None
    return station


def is_raiser(topic: Topic, user: User) -> bool:
    return topic.via == Topic.Channel.ONLINE and topic.entered_by_id == user.pk


def lock_topic(topic: Topic) -> Topic:
    """Its current row, locked until the transaction ends. A meeting is locked before its topics."""
    rows = Topic.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("meeting__body", "body", "raised_by__login", "mandate__agent").get(pk=topic.pk)


# Who is told -----------------------------------------------------------------------------------------------


def in_both(label: object) -> tuple[str, str]:
    said = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            said.append(str(label))
    return said[0], said[1]


def link_of(topic: Topic) -> tuple[str, str]:
    links = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            links.append(settings.SITE_URL + topic.loop_url)
    return links[0], links[1]


def family_of(topic: Topic) -> list[Topic]:
    """It and those joined with it: each raiser gets the answer."""
    joined = Topic.objects.filter(merged_into=topic).order_by("pk")
    return [topic, *joined.select_related("raised_by__login", "mandate__agent")]


def supporters_of(topics: list[Topic]) -> Iterator[Resident]:
    """Each once, and nobody who has raised one of these."""
    raisers = {topic.raised_by_id for topic in topics if topic.raised_by_id}
    rows = Resident.objects.filter(topic_supports__topic__in=topics).exclude(pk__in=raisers)
    yield from rows.select_related("login").order_by("pk").distinct()


def tell_news(topic: Topic, station: Station, at: dt.datetime) -> None:
    """Whose matter it is: what happened with it, and where to read it."""
    label = Kind(station.kind).label
    dedupe, what, link = f"topic_news:{station.pk}", in_both(label), link_of(topic)
    for each in family_of(topic):
        notify_topic_raiser(each, None, "topic_news", at, dedupe=f"{dedupe}:{each.pk}", what=what, link=link)
    tell_supporters(topic, station, at)


def tell_supporters(topic: Topic, station: Station, at: dt.datetime) -> None:
    values: dict[str, Value] = {
        "receipt": topic.receipt,
        "what": in_both(Kind(station.kind).label),
        "link": link_of(topic),
    }
    for person in supporters_of(family_of(topic)):
        notify(
            event="topic_news",
            community=topic.community_id,
            resident=person,
            user=None if person.phone_sealed else person.login,
            at=at,
            dedupe=f"topic_news:{station.pk}:person:{person.pk}",
            values=values,
        )


# The meeting changes ----------------------------------------------------------------------------------------


def queue_topics(meeting: Meeting, at: dt.datetime, by: User) -> None:
    """Of a meeting that was called off: they wait in the queue for the next one, or for an answer now."""
    for topic in Topic.objects.unanswered().filter(meeting=meeting).order_by("pk"):
        topic.meeting, topic.is_queued = None, True
        promise_answer(topic, None, localdate(at, SHANGHAI))
        topic.save(update_fields=["meeting", "is_queued", *DUE])
        add_station(topic, Kind.QUEUED, at, by, meeting=meeting, due_on=topic.due_on)


def follow_meeting(meeting: Meeting) -> None:
    """The answers of its topics are due so many days after it, also on its new day."""
    for topic in Topic.objects.filter(meeting=meeting, status=Topic.Status.ACCEPTED):
        promise_answer(topic, meeting, localdate(meeting.starts_at, SHANGHAI))
        topic.save(update_fields=DUE)


def without_new_answer(meeting: Meeting) -> QuerySet[Topic]:
    """What was raised for it and has no answer newer than its session, by receipt.

    Left to a named next meeting it is not here any more. What was answered before, with no need of a meeting,
    and stood on no agenda, was settled without it.
    """
    begun = meeting.opened_at or meeting.starts_at
    newer = PublicAnswer.objects.filter(topic=OuterRef("pk"), at__gte=begun)
    on_it = AgendaItem.objects.filter(meeting=meeting, topics=OuterRef("pk"))
    waiting = Q(status__in=[Topic.Status.RECEIVED, Topic.Status.ACCEPTED])
    answered = Q(status=Topic.Status.ANSWERED) & Exists(on_it)
    rows = Topic.objects.filter(waiting | answered, meeting=meeting)
    return rows.exclude(Exists(newer) & ~waiting).order_by("receipt")


# The calendar is edited ------------------------------------------------------------------------------------


def move_due_dates(*, at: dt.datetime) -> int:
    """Open dates follow the calendar as it stands now, closed ones never; the number moved. For `tick`."""
    open_ones = Topic.objects.unanswered().filter(due_from__isnull=False)
    periods = open_ones.values_list("due_from", "due_days").order_by().distinct()
    moved = 0
    for first, days in sorted((first, days) for first, days in periods if first):
        due = working_days_after(first, days)
        for topic in open_ones.filter(due_from=first, due_days=days).exclude(due_on=due):
            moved += move_due_date(topic, due, at)
    return moved + move_first_dates(at)


@transaction.atomic
def move_due_date(topic: Topic, due: dt.date, at: dt.datetime) -> bool:
    rows = Topic.objects.unanswered().filter(pk=topic.pk, due_from=topic.due_from, due_days=topic.due_days)
    if not rows.exclude(due_on=due).update(due_on=due):
        return False
    record(
        verb="topic_due_moved",
        subject=topic,
        community=topic.community_id,
        at=at,
        before=topic.due_on.isoformat() if topic.due_on else "",
        after=due.isoformat(),
    )
    return True


def move_first_dates(at: dt.datetime) -> int:
    """The date of the first answer, of those that wait for it: by one calendar for all."""
    waiting = Topic.objects.unanswered().filter(responded_at=None, respond_by__isnull=False)
    rows = list(waiting.only("came_at", "respond_by", "is_extended"))
    if not rows:
        return 0
    days = {row.pk: localdate(row.came_at, SHANGHAI) for row in rows}
    rules = {day: answer_rule(day) for day in set(days.values())}
    longest = max(sum(rule.values()) for rule in rules.values() if rule) if any(rules.values()) else 0
    calendar = Calendar.load(min(days.values()), reach_of_period(max(days.values()), longest))
    changed = []
    for row in rows:
        rule = rules[days[row.pk]]
        if rule is None:
            continue
        extra = rule["extension_days"] if row.is_extended else 0
        due = due_date_in(calendar, days[row.pk], rule["answer_days"] + extra)
        if due and due.on != row.respond_by:
            row.respond_by = due.on
            changed.append(row)
    Topic.objects.bulk_update(changed, ["respond_by"])
    return len(changed)
