"""Random steps through the actions, against a plain Python model of what they promise. One thread."""

import datetime as dt
import random
from dataclasses import dataclass, field

import pytest
from django.core.exceptions import ValidationError

from services import actions
from services.hooks.schedule import find_violations
from services.models import Booking, Slot
from tests import make

STEPS = 250
MINUTE = dt.timedelta(minutes=1)
CANCEL_HOURS = dt.timedelta(hours=2)
HOLDING = ("booked", "arrived", "served", "no_show")


@dataclass
class Held:
    """One booking, as far as the model knows it."""

    person: int
    slot: Slot
    status: str = "booked"
    steps: list[str] = field(default_factory=list)  # the states before, for taking back

    @property
    def is_live(self) -> bool:
        return self.status in ("booked", "arrived")


class Model:
    """Says what each verb does or refuses, and keeps count."""

    def __init__(self) -> None:
        self.held: dict[str, Held] = {}

    def taken(self, slot: Slot) -> int:
        return sum(one.slot == slot and one.status in HOLDING for one in self.held.values())

    def has_live(self, person: int, day: dt.date, besides: Held | None = None) -> bool:
        return any(
            one.is_live and one is not besides and (one.person, one.slot.day) == (person, day)
            for one in self.held.values()
        )

    def unavailable(self, slot: Slot, at: dt.datetime) -> str:
        if slot.starts_at <= at:
            return "slot_past"
        return "full" if self.taken(slot) == slot.capacity else ""

    def book(self, person: int, slot: Slot, at: dt.datetime) -> str:
        return "already_booked" if self.has_live(person, slot.day) else self.unavailable(slot, at)

    def too_late(self, one: Held, at: dt.datetime, via: str) -> bool:
        until = one.slot.starts_at - (CANCEL_HOURS if via == "online" else dt.timedelta(0))
        return one.status == "booked" and at > until

    def cancel(self, one: Held, at: dt.datetime, via: str) -> str:
        return "too_late" if self.too_late(one, at, via) else self.step(one, ["booked"], "cancelled")

    def move(self, one: Held, slot: Slot, at: dt.datetime, via: str) -> str:
        if self.too_late(one, at, via):
            return "too_late"
        if slot == one.slot:
            return "same_slot"
        if one.status != "booked":
            return "not_possible"
        if self.has_live(one.person, slot.day, besides=one):
            return "already_booked"
        refused = self.unavailable(slot, at)
        one.slot = one.slot if refused else slot
        return refused

    def arrive(self, one: Held, at: dt.datetime) -> str:
        return "wrong_day" if one.slot.day != at.date() else self.step(one, ["booked"], "arrived")

    def serve(self, one: Held, at: dt.datetime) -> str:
        return "too_early" if one.slot.day > at.date() else self.step(one, ["booked", "arrived"], "served")

    def no_show(self, one: Held, at: dt.datetime) -> str:
        return "too_early" if one.slot.starts_at > at else self.step(one, ["booked"], "no_show")

    def step(self, one: Held, allowed: list[str], to: str) -> str:
        if one.status not in allowed:
            return f"already_{to}" if one.status == to else "not_possible"
        one.steps.append(one.status)
        one.status = to
        return ""

    def undo(self, one: Held, at: dt.datetime) -> str:
        if one.status not in ("arrived", "served", "no_show"):
            return "nothing_to_undo"
        if one.steps[-1] in ("booked", "arrived") and self.has_live(one.person, one.slot.day, besides=one):
            return "already_booked"
        one.status = one.steps.pop()
        return ""


def refusal_of(act, **arguments) -> str:
    try:
        act(**arguments)
    except ValidationError as refusal:
        return refusal.code
    return ""


VERBS = {
    "cancel": actions.cancel_booking,
    "move": actions.move_booking,
    "arrive": actions.check_in_booking,
    "serve": actions.complete_booking,
    "no_show": actions.record_no_show,
    "undo": actions.undo_transition,
}


class Run:
    """Does one random step after the other, to the hall and to the model."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.model = Model()
        self.item = make.bookable()
        times = [make.moment(0, hour) for hour in (9, 11, 13, 15)] + [make.moment(1, 9)]
        self.slots = [make.slot(of=self.item, starts_at=time, capacity=2) for time in times]
        self.people = [make.own_resident() for _ in range(8)]
        self.clerk = make.clerk(community=self.item.community)

    def step(self, at: dt.datetime) -> tuple[str, str, str]:
        """The verb, what the model says and what the hall says."""
        verb = self.chance.choice(
            ["book", "book", "book", "cancel", "move", "arrive", "serve", "no_show", "undo"]
        )
        if verb == "book":
            return (verb, *self.book(at))
        if not self.model.held:
            return verb, "", ""
        code = self.chance.choice(list(self.model.held))
        one, booking = self.model.held[code], Booking.objects.get(code=code)
        more = {"via": self.chance.choice(["online", "phone"])} if verb in ("cancel", "move") else {}
        if verb == "move":
            more["slot"] = self.chance.choice(self.slots)
        said = refusal_of(VERBS[verb], booking=booking, at=at, by=self.clerk, **more)
        return verb, getattr(self.model, verb)(one, at=at, **more), said

    def book(self, at: dt.datetime) -> tuple[str, str]:
        number, slot = self.chance.randrange(len(self.people)), self.chance.choice(self.slots)
        via, person = self.chance.choice(["online", "phone"]), self.people[number]
        by = person.login if via == "online" else self.clerk
        expected = self.model.book(number, slot, at)
        said = refusal_of(
            actions.book_slot, item=self.item, slot=slot, resident=person, via=via, at=at, by=by
        )
        if not said:
            self.model.held[Booking.objects.latest("pk").code] = Held(number, slot)
        return expected, said


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_random_steps_do_what_the_model_says(seed):
    run = Run(seed)
    began = make.moment(0, 8)
    seen = set()

    for number in range(STEPS):
        verb, expected, said = run.step(began + 2 * number * MINUTE)
        assert (number, verb, said) == (number, verb, expected)
        seen.add((verb, said))

    stored = {booking.code: (booking.status, booking.slot_id) for booking in Booking.objects.all()}
    assert stored == {code: (one.status, one.slot.pk) for code, one in run.model.held.items()}
    taken = dict(Slot.objects.values_list("pk", "taken"))
    assert taken == {slot.pk: run.model.taken(slot) for slot in run.slots}
    assert list(find_violations()) == []
    assert len(seen) > 20  # the steps went everywhere, refusals included
