"""What one client of the hall does: book, cancel and move through the actions, or over HTTP."""

import http.client
import random
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from circle.booking.idempotency import new_key, once
from circle.identifiers.public_codes import new_code
from circle.models import Resident, User
from services import actions
from services.models import Booking, ServiceItem, Slot

CSRF = "a" * 32  # cookie and field alike, as a browser would send them back
REFUSALS = {  # what the pages say, in English here; they may say it in Chinese
    "full": "The last place at this time has just been taken. Please choose another time.",
    "already_booked": "There is already a booking for this person, item and day.",
    "already_cancelled": "It is already: %(status)s.",
    "slot_closed": "This time is closed. Please choose another.",
    "too_many": "One person can raise %(count)s topics for a meeting.",
}
VALUES = {"count": 5}  # in these sentences
DONE = re.compile(r"/(?:bookings|topics|applications)/([-0-9A-Z]{8,13})/$")
AT_MOST = 20  # seconds for one answer
PATIENCE = 60  # seconds for which a patient client sends one form again and again

SLOTS = Slot.objects.select_related("community", "counter__facility")  # as the pages read them
RESIDENTS = Resident.objects.select_related("login")


@dataclass
class Answer:
    """What a client was told. After an error the fate of what it asked for is unknown."""

    op: str
    slot: int = 0
    resident: int = 0
    key: str = ""
    code: str = ""
    refused: str = ""
    error: str = ""
    is_over_http: bool = False
    tries: int = 1
    seconds: float = 0

    @property
    def is_done(self) -> bool:
        return not (self.refused or self.error)


class Caller:
    """Calls the actions as the pages and the desk do, with rows as fresh as theirs."""

    def __init__(self, *, item: int, clerk: int) -> None:
        self.item = ServiceItem.objects.get(pk=item)
        self.clerk = User.objects.get(pk=clerk)

    def book(self, resident: int, slot: int, key: str) -> Answer:
        return answered(Answer("book", slot, resident, key), self.make)

    def make(self, answer: Answer) -> str:
        return self.book_once(SLOTS.get(pk=answer.slot), RESIDENTS.get(pk=answer.resident), answer.key)

    def book_once(self, slot: Slot, resident: Resident, key: str) -> str:
        is_for_staff = slot.channel == Slot.Channel.COUNTER
        via, by = ("phone", self.clerk) if is_for_staff else ("online", resident.login)
        at, code = timezone.now(), new_code()

        def act() -> str:
            return actions.book_slot(
                item=self.item, slot=slot, resident=resident, via=via, at=at, by=by, code=code
            ).code

        return once(actor=f"user:{by.pk}", key=key, at=at, act=act, answer=code)

    def cancel(self, code: str) -> Answer:
        return self.change(Answer("cancel", code=code), actions.cancel_booking)

    def move(self, code: str, slot: int) -> Answer:
        return self.change(
            Answer("move", slot, code=code), actions.move_booking, slot=Slot.objects.get(pk=slot)
        )

    def change(self, answer: Answer, verb: Callable[..., Booking], **more: Any) -> Answer:
        booking = Booking.objects.shown().get(code=answer.code)
        at = timezone.now()
        return answered(
            answer, lambda _: verb(booking=booking, at=at, via="phone", by=self.clerk, **more).code
        )


class Prepared(Caller):
    """Has read all rows beforehand, so that bench/booking.py measures the booking alone."""

    def __init__(self, *, slots: list[int], residents: list[int], **more: int) -> None:
        super().__init__(**more)
        self.slots = SLOTS.in_bulk(slots)
        self.residents = RESIDENTS.in_bulk(residents)

    def make(self, answer: Answer) -> str:
        return self.book_once(self.slots[answer.slot], self.residents[answer.resident], answer.key)


class Naive(Caller):
    """What one writes first: count, compare, insert. The negative control, which must oversell."""

    @transaction.atomic
    def make(self, answer: Answer) -> str:
        slot = Slot.objects.get(pk=answer.slot)
        if Booking.objects.holding().filter(slot=slot).count() >= slot.capacity:
            raise ValidationError("full", code="full")
        at = timezone.now()
        return Booking.objects.create(
            community_id=slot.community_id,
            slot=slot,
            item=self.item,
            resident_id=answer.resident,
            day=slot.day,
            status_at=at,
            booked_at=at,
            via="online",
        ).code


class FormSender:
    """Posts forms, signed in, over a new connection each time.

    A patient one posts again with the same key until the server has said yes or no.
    """

    def __init__(self, *, origin: str, session: str, is_patient: bool) -> None:
        self.origin = origin
        self.cookies = f"session={session}; csrf={CSRF}"
        self.patience = PATIENCE if is_patient else 0
        self.sentences = sentences()
        self.residents = dict(Resident.objects.values_list("pk", "code"))

    def submit(self, answer: Answer, url: str, fields: dict[str, Any]) -> Answer:
        answer.is_over_http = True
        gives_up = time.monotonic() + self.patience
        while True:
            answer.error = ""
            try:
                self.post(answer, url, fields)
            except (OSError, http.client.HTTPException) as error:
                answer.error = f"{type(error).__name__}: {error}"
            if not answer.error or time.monotonic() > gives_up:
                return answer
            answer.tries += 1
            time.sleep(0.1)

    def post(self, answer: Answer, url: str, fields: dict[str, Any]) -> None:
        connection = http.client.HTTPConnection(self.origin, timeout=AT_MOST)
        try:
            body = urlencode({"csrfmiddlewaretoken": CSRF} | fields)
            headers = {"Cookie": self.cookies, "Content-Type": "application/x-www-form-urlencoded"}
            connection.request("POST", url, body, headers)
            response = connection.getresponse()
            self.read(answer, response.status, response.headers.get("Location", ""), response.read().decode())
        finally:
            connection.close()

    def read(self, answer: Answer, status: int, location: str, page: str) -> None:
        done = DONE.search(location)
        said = [code for sentence, code in self.sentences.items() if sentence in page]
        if status == 302 and done:
            answer.code = done[1]
        elif status == 422 and said:
            answer.refused = said[0]
        else:
            answer.error = f"{status} {location} {page[:300]}"


class Browser(FormSender):
    """A resident on the pages of the hall."""

    def __init__(self, *, item: int, **more: Any) -> None:
        super().__init__(**more)
        self.book_url = reverse("book_check", args=[ServiceItem.objects.get(pk=item).code])
        self.slots = dict(Slot.objects.values_list("pk", "code"))

    def book(self, resident: int, slot: int, key: str) -> Answer:
        fields = {"slot": self.slots[slot], "resident": self.residents[resident], "once": key}
        return self.submit(Answer("book", slot, resident, key), self.book_url, fields)

    def cancel(self, code: str) -> Answer:
        return self.submit(Answer("cancel", code=code), reverse("booking_cancel", args=[code]), {})


def sentences() -> dict[str, str]:
    """What a page may say → the code of the refusal."""
    found = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            values = VALUES | {"status": Booking.Status.CANCELLED.label}
            found |= {gettext(text) % values: code for code, text in REFUSALS.items()}
    return found


def answered(answer: Answer, act: Callable[[Answer], str]) -> Answer:
    try:
        answer.code = act(answer)
    except ValidationError as refusal:
        answer.refused = refusal.code
    except Exception as error:  # whatever it is, the test has to see it
        answer.error = f"{type(error).__name__}: {error}"
    return answer


def fill(
    client: Any,
    *,
    slots: list[tuple[int, str]],
    residents: list[int],
    seed: int,
    seconds: float,
    cancels: int = 0,
) -> list[Answer]:
    """Book until every slot, given with its day, says that it is full, or one is closed; cancel a few.

    Who cancels comes back to that slot until it is full again: so all are full when the last client is done.
    """
    chance = random.Random(seed)
    days = dict(slots)
    left = set(days)
    busy: set[tuple[int, str]] = set()
    mine: list[Answer] = []
    answers = []
    stop = time.monotonic() + seconds
    while left and time.monotonic() < stop:
        slot = chance.choice(sorted(left))
        free = [person for person in residents if (person, days[slot]) not in busy]
        if not free:
            return [*answers, Answer("book", slot, error="nobody is left who could book")]
        answer = timed(client.book, chance.choice(free), slot, new_key())
        answers.append(answer)
        if answer.refused == "slot_closed":
            return answers
        if answer.refused == "full":
            left.remove(slot)
        else:
            busy.add((answer.resident, days[slot]))
        if answer.is_done:
            mine.append(answer)
        if mine and cancels and chance.random() < 0.2:
            cancels -= 1
            given_up = mine.pop(chance.randrange(len(mine)))
            answers.append(timed(client.cancel, given_up.code))
            left.add(given_up.slot)
    return answers


def hurry(client: Any, *, slots: list[int], residents: list[int], seconds: float, seed: int) -> list[Answer]:
    """Book one place after the other, each for somebody else, until the time is up: for bench/booking.py."""
    chance = random.Random(seed)
    stop = time.monotonic() + seconds
    answers = []
    for person in residents:
        if time.monotonic() >= stop:
            return answers
        answers.append(timed(client.book, person, chance.choice(slots), new_key()))
    return [*answers, Answer("book", error="nobody is left who could book")]


def follow(client: Any, *, steps: list[tuple[Any, ...]]) -> list[Answer]:
    """Do the steps of a script, (verb, arguments …), one after the other."""
    return [timed(getattr(client, verb), *arguments) for verb, *arguments in steps]


def timed(act: Callable[..., Answer], *arguments: Any) -> Answer:
    began = time.monotonic()
    answer = act(*arguments)
    answer.seconds = time.monotonic() - began
    return answer
