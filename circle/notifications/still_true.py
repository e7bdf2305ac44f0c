"""Drops messages that are no longer true: a reminder after the cancellation, a confirmation after the move.

An event names in `find_untrue` what is asked just before it is sent; an event without it stays true.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from django.db.models import QuerySet

from circle.models import Message
from circle.notifications.events import Finder, message_events

NO_LONGER_TRUE = "no_longer_true"


def find_untrue(messages: Sequence[Message], at: dt.datetime) -> set[int]:
    """The ids of those that are no longer true; the queries of each event once for all of its messages."""
    untrue: set[int] = set()
    for name, group in groupby(sorted(messages, key=lambda each: each.event), lambda each: each.event):
        event = message_events().get(name)
        if event and event.find_untrue:
            untrue |= event.find_untrue(list(group), at)
    return untrue


def drop_untrue_in_person_messages(at: dt.datetime) -> int:
    """Take them off the list of who has to be visited; returns the number dropped."""
    waiting = Message.objects.awaiting_in_person()
    untrue = find_untrue(list(waiting.only("event", "values")), at)
    dropped = waiting.filter(pk__in=untrue) if untrue else Message.objects.none()
    return dropped.update(status=Message.Status.DROPPED, secret_sealed="", fault=NO_LONGER_TRUE)


def by_code(
    rows: Callable[[dt.datetime], "QuerySet[Any]"], is_true: Callable[[Any, Message, dt.datetime], bool]
) -> Finder:
    """Messages whose value `code` names a row: asks `is_true` of the row. Without a row it stays true."""

    def find(messages: Sequence[Message], at: dt.datetime) -> set[int]:
        found = {row.code: row for row in rows(at).filter(code__in={code_of(each) for each in messages})}
        return {
            each.pk
            for each in messages
            if code_of(each) in found and not is_true(found[code_of(each)], each, at)
        }

    return find


def code_of(message: Message) -> str:
    return str(message.values.get("code", ""))


def names_time(message: Message, starts_at: dt.datetime | None) -> bool:
    """Whether the message says this time; one that says none is about any time."""
    said = message.values.get("starts_at")
    return not said or starts_at is None or dt.datetime.fromisoformat(said) == starts_at
