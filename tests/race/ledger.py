"""Compares what the clients were told with what the database holds."""

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import chain

from django.db.models import Count

from circle.models import Message, Once, Record
from services.hooks.schedule import find_violations
from services.models import Booking, Slot
from services.models.bookings import FREED
from tests.race.clients import Answer


def faults(answers: list[Answer], *, refusals: Collection[str] = ("full", "already_booked")) -> list[str]:
    """One sentence for each promise that was broken. The answers are all that anybody was told."""
    return list(
        chain(
            unexpected(answers, {"", *refusals}),
            lost_or_unasked(answers),
            doubled(answers),
            oversold(),
            torn(),
            half_moved(answers),
            find_violations(),
        )
    )


def errors(answers: list[Answer]) -> list[str]:
    """What was neither done nor refused. After a crash that is no fault, but the fate is unknown."""
    return [f"{answer.op}: {answer.error}" for answer in answers if answer.error]


def unexpected(answers: list[Answer], refusals: set[str]) -> Iterator[str]:
    for answer in answers:
        if answer.refused not in refusals:
            yield f"{answer.op} was refused: {answer.refused}"


def lost_or_unasked(answers: list[Answer]) -> Iterator[str]:
    """Acknowledged ⊆ stored ⊆ acknowledged ∪ unknown, for bookings and for their cancellation."""
    stored = {booking.code: booking for booking in Booking.objects.all()}
    booked = {answer.code for answer in answers if answer.op == "book" and answer.is_done}
    unknown = {(answer.slot, answer.resident) for answer in answers if answer.op == "book" and answer.error}
    cancels = [answer for answer in answers if answer.op == "cancel"]
    cancelled = {answer.code for answer in cancels if answer.is_done or answer.refused == "already_cancelled"}
    perhaps_cancelled = {answer.code for answer in cancels if answer.error}
    yield from (f"{code} was acknowledged and is lost" for code in booked - stored.keys())
    for code, booking in stored.items():
        if code not in booked and (booking.slot_id, booking.resident_id) not in unknown:
            yield f"{code} is stored and nobody was told"
        if code in cancelled and booking.status not in FREED:
            yield f"{code} was cancelled and is {booking.status}"
        if code not in cancelled | perhaps_cancelled and booking.status in FREED:
            yield f"{code} is {booking.status} and nobody asked for it"


def doubled(answers: list[Answer]) -> Iterator[str]:
    """One submission, one booking; one person, one live booking per item and day."""
    keys: dict[str, set[str]] = {}
    for answer in answers:
        if answer.op == "book" and answer.is_done:
            keys.setdefault(answer.key, set()).add(answer.code)
    yield from (f"{key} was answered with {codes}" for key, codes in keys.items() if len(codes) > 1)
    shared = Counter(code for codes in keys.values() for code in codes)
    yield from (f"{code} answered {count} submissions" for code, count in shared.items() if count > 1)
    kept = dict(Once.objects.values_list("key", "outcome"))
    yield from (f"{key} is kept as {kept.get(key)}" for key in keys if {kept.get(key)} != keys[key])
    pairs = Booking.objects.live().values("resident", "item", "day").annotate(n=Count("pk"))
    yield from (f"{pair} has more than one" for pair in pairs.filter(n__gt=1))


def oversold() -> Iterator[str]:
    for slot in Slot.objects.all():
        held = Booking.objects.holding().filter(slot=slot).count()
        if held > slot.capacity:
            yield f"slot {slot.pk}: {held} of {slot.capacity} places sold"


def torn() -> Iterator[str]:
    """Each booking and each cancellation with its record and its message, and none of these without it."""
    deeds = {
        "booking_made": Booking.objects.all(),
        "booking_cancelled": Booking.objects.filter(status="cancelled"),
    }
    for deed, bookings in deeds.items():
        rows = set(bookings.values_list("pk", flat=True))
        recorded = Counter(Record.objects.filter(verb=deed).values_list("subject_id", flat=True))
        told = Counter(Message.objects.filter(event=deed).values_list("dedupe", flat=True))
        if recorded != Counter(rows):
            yield f"{deed}: {len(rows)} rows, {recorded.total()} records"
        if told != Counter(f"{deed}:{pk}" for pk in rows):
            yield f"{deed}: {len(rows)} rows, {told.total()} messages"


def half_moved(answers: list[Answer]) -> Iterator[str]:
    """Each move with its record and its message."""
    done = sum(answer.op == "move" and answer.is_done for answer in answers)
    recorded = Record.objects.filter(verb="booking_moved").count()
    told = Message.objects.filter(event="booking_moved").count()
    if not done == recorded == told:
        yield f"{done} moves, {recorded} records, {told} messages"
