"""The agenda: gathered while topics come in, fixed once it is published."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from circle.audit.log import record
from circle.booking.transitions import change_status
from circle.models import User
from council.actions.meetings import lock_meeting, not_possible_error
from council.actions.member_messages import notify_members, notify_topic_raiser
from council.actions.private_parts import Reasons, check_public_texts
from council.actions.revisions import changed_meanwhile_error
from council.actions.topic_stations import add_station
from council.actions.topics import plain_line, plain_text
from council.actions.waivers import checked_late_reason
from council.models import ActionItem, AgendaItem, BodyRule, Meeting, Paper, Station, Topic, rule_of

Status = Meeting.Status
AGENDA_OPEN = [Status.PLANNED, Status.CALL_OPEN]
LARGEST_NUMBER = 1000


@transaction.atomic
def save_item(
    *, item: AgendaItem, topics: Sequence[Topic], at: dt.datetime, by: User, seen: str | None = None
) -> AgendaItem:
    """A new item gets the next number; the number of an existing one stays.

    `seen` is the digest of the item that the clerk had before them.
    Refuses: title_missing, topic_not_taken_up (a topic that is not taken up, or of another meeting),
    changed_meanwhile (it says something else by now), not_possible (the agenda is published).
    """
    item.title_zh, item.title_en = plain_line(item.title_zh), plain_line(item.title_en)
    if not item.title_zh:
        raise ValidationError(_("Give the item a title."), code="title_missing")
    item.text_zh, item.text_en = plain_text(item.text_zh), plain_text(item.text_en)
    for topic in topics:
        if topic.meeting_id != item.meeting_id or topic.status != Topic.Status.ACCEPTED:
            raise ValidationError(
                _("%(receipt)s is not taken up for this meeting."),
                code="topic_not_taken_up",
                params={"receipt": topic.receipt},
            )
    meeting = lock_open_agenda(item.meeting)
    is_new = item.pk is None
    if is_new:
        item.number = next_number(meeting)
        item.save(force_insert=True)
    else:
        refuse_changed_item(item.pk, seen)
        # not its number: moving another item may have changed that meanwhile
        item.save(update_fields=["kind", "title_zh", "title_en", "text_zh", "text_en"])
    item.topics.set(topics)
    record_item_change("agenda_item_added" if is_new else "agenda_item_changed", item, at, by)
    return item


def next_number(meeting: Meeting) -> int:
    last = AgendaItem.objects.filter(meeting=meeting).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def refuse_changed_item(pk: int, seen: str | None) -> None:
    saved = AgendaItem.objects.filter(pk=pk).first()
    if seen is not None and (saved is None or saved.digest(saved.topics.all()) != seen):
        raise changed_meanwhile_error()


@transaction.atomic
def drop_item(*, item: AgendaItem, at: dt.datetime, by: User) -> None:
    """Take an item off before the agenda is published; its papers stay with the meeting, later items move up.

    Refuses: not_possible (the agenda is published).
    """
    meeting = lock_open_agenda(item.meeting)
    number = item.number
    record_item_change("agenda_item_dropped", item, at, by)
    item.topics.clear()
    Paper.objects.filter(item=item).update(item=None)
    item.delete()
    after = AgendaItem.objects.filter(meeting=meeting, number__gt=number).order_by("number")
    for pk, old in list(after.values_list("pk", "number")):  # one by one: a number is taken only once
        AgendaItem.objects.filter(pk=pk).update(number=old - 1)


@dataclass(frozen=True)
class AgendaLine:
    """One line of the whole agenda; `place` is the number that it shall have, None: after the others."""

    item: AgendaItem
    topics: Sequence[Topic] = ()
    place: int | None = None
    seen: str | None = None
    is_dropped: bool = False
    is_untouched: bool = False


@transaction.atomic
def save_agenda(*, meeting: Meeting, lines: Sequence[AgendaLine], at: dt.datetime, by: User) -> Meeting:
    """All of it at once: new items, changed ones, those taken off, and the order by their numbers.

    Refuses as save_item and drop_item do; then nothing is saved.
    """
    meeting = lock_open_agenda(meeting)
    for line in lines:
        if line.is_dropped:
            if line.item.pk:
                drop_item(item=line.item, at=at, by=by)
        elif not line.is_untouched:
            save_item(item=line.item, topics=line.topics, at=at, by=by, seen=line.seen)
    places = {line.item.pk: line.place for line in lines if not line.is_dropped}
    order_items(meeting, places, at, by)
    return meeting


def order_items(meeting: Meeting, places: Mapping[int, int | None], at: dt.datetime, by: User) -> None:
    """By the place typed: an item moved up stands before whoever has that place, one moved down after."""
    items = list(AgendaItem.objects.filter(meeting=meeting).order_by("number"))
    before = [item.pk for item in items]

    def wanted(item: AgendaItem) -> tuple[int, int]:
        place = places.get(item.pk) or item.number
        return place, place - item.number

    items.sort(key=wanted)
    moved = [item for number, item in enumerate(items, start=1) if item.number != number]
    if not moved:
        return
    rows = AgendaItem.objects.filter(meeting=meeting)
    rows.update(number=F("number") + LARGEST_NUMBER)  # out of the way: a number is taken only once
    for number, item in enumerate(items, start=1):
        item.number = number
    AgendaItem.objects.bulk_update(items, ["number"])
    if [item.pk for item in items] != before:
        record(verb="agenda_ordered", subject=meeting, community=meeting.community_id, at=at, actor=by)


@transaction.atomic
def raise_item(*, item: AgendaItem, at: dt.datetime, by: User) -> AgendaItem:
    """One place up; the first stays first.

    Refuses: not_possible (the agenda is published).
    """
    lock_open_agenda(item.meeting)
    item.refresh_from_db()
    above = AgendaItem.objects.filter(meeting=item.meeting_id, number=item.number - 1).first()
    if above:
        number = above.number
        for row, place in ((item, 0), (above, number + 1), (item, number)):
            AgendaItem.objects.filter(pk=row.pk).update(number=place)
            row.number = place
        record_item_change("agenda_item_raised", item, at, by)
    return item


def lock_open_agenda(meeting: Meeting) -> Meeting:
    meeting = lock_meeting(meeting)
    if meeting.status not in AGENDA_OPEN:
        raise not_possible_error(meeting)
    return meeting


def record_item_change(verb: str, item: AgendaItem, at: dt.datetime, by: User) -> None:
    record(verb=verb, subject=item, community=item.meeting.community_id, at=at, actor=by)


def statuses_before_agenda(meeting: Meeting) -> list[Status]:
    """Residents send topics to their council only: another body needs no call for them."""
    return [Status.CALL_OPEN] if meeting.body.is_main else AGENDA_OPEN


def carry_open_actions(meeting: Meeting, at: dt.datetime, by: User) -> AgendaItem | None:
    """The item under which the meeting hears what of earlier resolutions is not verified yet.

    Of a locked meeting. It is put at the end, once; None where nothing is open.
    """
    open_ones = list(ActionItem.objects.unverified().of_body(meeting.body_id))
    found = AgendaItem.objects.filter(meeting=meeting, action_items__isnull=False).first()
    if not open_ones or meeting.status not in AGENDA_OPEN:
        return found
    if found is None:
        found = AgendaItem.objects.create(
            meeting=meeting,
            number=next_number(meeting),
            kind=AgendaItem.Kind.REPORT,
            title_zh="决议落实情况",
            title_en="What came of earlier resolutions",
        )
        record_item_change("agenda_item_added", found, at, by)
    found.action_items.set(open_ones)
    return found


def agenda_texts(meeting: Meeting) -> list[str]:
    rows = AgendaItem.objects.filter(meeting=meeting).values_list(
        "title_zh", "title_en", "text_zh", "text_en"
    )
    return [text for row in rows for text in row]


def check_agenda(meeting: Meeting, at: dt.datetime) -> BodyRule:
    """The rule of its day. Refuses: call_running, agenda_empty, rule_missing."""
    if meeting.is_calling(at):
        raise ValidationError(_("The call for topics is still open."), code="call_running")
    if meeting.status in AGENDA_OPEN and not AgendaItem.objects.filter(meeting=meeting).exists():
        raise ValidationError(_("The agenda has no item yet."), code="agenda_empty")
    rule = rule_of(meeting)
    if rule is None:
        raise ValidationError(_("Its body has no rule yet for that day."), code="rule_missing")
    return rule


@transaction.atomic
def publish_agenda(
    *,
    meeting: Meeting,
    at: dt.datetime,
    by: User,
    reasons: Reasons | None = None,
    late_reason: str = "",
) -> Meeting:
    """The notice: time, place, numbered items and the rule stand from now on.

    The members are notified, and who raised a topic on it. Open actions of the body stand on it.

    Inside the days of notice it needs `late_reason`; decisions then wait for a waiver.
    Refuses: call_running, agenda_empty, rule_missing (the body has none for that day), notice_late,
    id_number_shown, personal_data_shown (a phone, flat or name without its reason), already_noticed,
    not_possible.
    """
    meeting = lock_meeting(meeting)
    rule = check_agenda(meeting, at)
    carry_open_actions(meeting, at, by)
    late_reason = checked_late_reason(meeting, rule, late_reason, at)
    texts = agenda_texts(meeting)
    details = check_public_texts(*texts, about=meeting, reasons=reasons or {}, at=at, by=by)
    change_status(
        meeting,
        verb="agenda_published",
        details=details,
        allowed=statuses_before_agenda(meeting),
        to=Status.NOTICED,
        at=at,
        by=by,
        noticed_at=at,
        late_notice_reason=late_reason,
        rule=rule,
    )
    AgendaItem.objects.filter(meeting=meeting).update(status=AgendaItem.Status.PUBLISHED)
    if meeting.starts_at > at:
        notify_members(meeting, "member_notice", at)
    on_it = Topic.objects.filter(items__meeting=meeting).select_related("raised_by__login", "mandate__agent")
    for topic in on_it.distinct():
        add_station(topic, Station.Kind.ON_AGENDA, at, by, meeting=meeting)
        notify_topic_raiser(
            topic, meeting, "topic_on_agenda", at, dedupe=f"topic_on_agenda:{topic.pk}:{meeting.pk}"
        )
    return meeting
