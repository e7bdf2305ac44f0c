"""Messages of the residents' council: the hook `message_events`."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from circle.notifications.events import PHONE, PLACE, REAL, RECEIPT, WHEN, Event
from circle.notifications.still_true import names_time
from council.models import Evaluation, Meeting, MinutesVersion, Topic

BODY = {"body": 10}
OFF = [Meeting.Status.CANCELLED, Meeting.Status.ADJOURNED]


def find_changed_meetings(messages: Sequence[Any], at: dt.datetime) -> set[int]:
    """Messages of a meeting that is at another time by now, called off, or has begun."""
    ids = {each.values["meeting"] for each in messages}
    still = Meeting.objects.filter(pk__in=ids).exclude(status__in=OFF)
    times = dict(still.values_list("pk", "starts_at"))
    return {each.pk for each in messages if not is_to_come(each, times.get(each.values["meeting"]), at)}


def is_to_come(message: Any, starts_at: dt.datetime | None, at: dt.datetime) -> bool:
    return starts_at is not None and at <= starts_at and names_time(message, starts_at)


def find_changed_agendas(messages: Sequence[Any], at: dt.datetime) -> set[int]:
    """Messages to who raised a topic whose meeting is at another time by now, called off, or has begun."""
    topics = Topic.objects.filter(receipt__in={each.values["receipt"] for each in messages})
    times = dict(topics.exclude(meeting__status__in=OFF).values_list("receipt", "meeting__starts_at"))
    return {each.pk for each in messages if not is_to_come(each, times.get(each.values["receipt"]), at)}


def find_told_evaluations(messages: Sequence[Any], at: dt.datetime) -> set[int]:
    """Of topics that ask nothing (any more): it was told, or they are open again."""
    receipts = {each.values["receipt"] for each in messages}
    waiting = Evaluation.objects.waiting().filter(until__gt=at)
    family = Q(receipt__in=receipts) & (Q(evaluations__in=waiting) | Q(merged_into__evaluations__in=waiting))
    still = set(Topic.objects.filter(family).values_list("receipt", flat=True))
    return {each.pk for each in messages if each.values["receipt"] not in still}


def find_ended_reviews(messages: Sequence[Any], at: dt.datetime) -> set[int]:
    """Messages of minutes that are not in review any more."""
    ids = {each.values["minutes"] for each in messages}
    rows = MinutesVersion.objects.filter(pk__in=ids, status=MinutesVersion.Status.IN_REVIEW)
    running = set(rows.values_list("pk", flat=True))
    return {each.pk for each in messages if each.values["minutes"] not in running}


EVENTS = {
    "topic_received": Event(_("topic for the council received"), RECEIPT | WHEN | REAL),
    "topic_on_agenda": Event(
        _("topic on the agenda"), RECEIPT | WHEN | PLACE | REAL, find_untrue=find_changed_agendas
    ),
    "topic_declined": Event(_("topic not taken up"), RECEIPT | PHONE | REAL),
    "topic_answered": Event(_("topic answered"), RECEIPT | PHONE | REAL),
    "topic_taken": Event(_("topic received, without a meeting"), RECEIPT | REAL),
    "topic_news": Event(_("news of a topic"), RECEIPT | {"what": 12} | REAL),
    "topic_evaluation": Event(
        _("asked whether it is solved"), RECEIPT | {"code": 10} | REAL, find_untrue=find_told_evaluations
    ),
    "topic_assigned": Event(_("topic to see to"), RECEIPT | REAL),
    "action_assigned": Event(_("action to carry out"), REAL),
    "meeting_moved": Event(
        _("meeting moved"), WHEN | PLACE | RECEIPT | REAL, find_untrue=find_changed_agendas
    ),
    "meeting_cancelled": Event(_("meeting called off"), WHEN | RECEIPT | REAL),
    "member_notice": Event(
        _("meeting of members"), BODY | WHEN | PLACE | REAL, find_untrue=find_changed_meetings
    ),
    "member_meeting_moved": Event(
        _("meeting of members moved"), BODY | WHEN | PLACE | REAL, find_untrue=find_changed_meetings
    ),
    "member_meeting_cancelled": Event(_("meeting of members called off"), BODY | WHEN | REAL),
    "member_reminder": Event(
        _("reminder of a meeting"), BODY | WHEN | PLACE | REAL, find_untrue=find_changed_meetings
    ),
    "minutes_corrected": Event(_("minutes corrected"), BODY | WHEN | REAL),
    "minutes_in_review": Event(
        _("minutes for those who were there"), BODY | {"until": 12} | REAL, find_untrue=find_ended_reviews
    ),
}


def message_events() -> dict[str, Event]:
    return EVENTS
