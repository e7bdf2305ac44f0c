"""Compares what neighbours were told on their errands with what the database holds."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from childcare.models import Application
from circle.models import Message, Record
from council.models import Topic
from eldercare.models import CareBooking
from tests.database import broken_promises
from tests.race.clients import Answer

REFUSALS = {"", "full", "already_booked", "slot_closed"}


@dataclass(frozen=True)
class Deed:
    """What each answer of this kind stands for: one row, one record, one message where it has an event."""

    op: str
    rows: Any
    code: str
    verb: str
    event: str = ""  # of a decision only other guardians hear


def deeds() -> list[Deed]:
    of_state = Application.objects.filter
    return [
        Deed("care", CareBooking.objects.all(), "code", "care_requested", "care_requested"),
        Deed("topic", Topic.objects.all(), "receipt", "topic_received", "topic_received"),
        Deed("accept", of_state(status="accepted"), "code", "application_accepted"),
        Deed("decline", of_state(status="declined"), "code", "application_declined"),
    ]


def errand_faults(answers: list[Answer]) -> list[str]:
    """One sentence for each promise that was broken. The answers are all that anybody was told."""
    found = []
    for deed in deeds():
        found += faults_of(deed, [answer for answer in answers if answer.op == deed.op])
    return found + broken_promises()


def faults_of(deed: Deed, answers: list[Answer]) -> Iterator[str]:
    refused = {answer.refused for answer in answers} - REFUSALS
    yield from (f"{deed.op} was refused: {code}" for code in sorted(refused))
    stored: dict[str, Model] = {getattr(row, deed.code): row for row in deed.rows}
    told = Counter(answer.code for answer in answers if answer.is_done)
    unknown = sum(bool(answer.error) for answer in answers)
    yield from (f"{deed.op}: {code} was acknowledged and is lost" for code in told.keys() - stored.keys())
    yield from (f"{deed.op}: {code} answered {count} forms" for code, count in told.items() if count > 1)
    if len(stored) > len(told) + unknown:
        yield f"{deed.op}: {len(stored)} are stored, {len(told)} were acknowledged, {unknown} are unknown"
    once = Counter(row.pk for row in stored.values())
    if Counter(Record.objects.filter(verb=deed.verb).values_list("subject_id", flat=True)) != once:
        yield f"{deed.op}: {len(stored)} rows, not one record for each"
    messages = Message.objects.filter(event=deed.event).count()
    if deed.event and messages != len(stored):
        yield f"{deed.op}: {len(stored)} rows, {messages} messages"
