"""Counters, slots and a month of bookings, all made by the actions that residents and clerks use."""

import datetime as dt
import json
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from circle.audit.seals import seal_records
from circle.demo.messages import send_demo_messages
from circle.demo.staff import CLERK, demo_staff
from circle.models import Community, Facility, Resident, User, Via
from services import actions
from services.models import Booking, Counter, ServiceItem, Slot

DATA = Path(__file__).resolve().parent.parent / "data" / "counters.json"
PAST, COMING = 21, 10  # days
ONE_DAY = dt.timedelta(days=1)
WEEK = 7
# What people come for most, and what became of ten bookings in the past.
POPULAR = ["EL02", "SI03", "HL01", "CV03", "HL05", "RL03", "HS02", "EL01", "HL06", "TR01", "CV01", "ED03"]
ENDINGS = ["served"] * 7 + ["no_show", "excused", "cancelled"]


def load_hall(community: Community) -> None:
    """Counters that are there stay as they are; bookings are made only where there are none."""
    for row in json.loads(DATA.read_text(encoding="utf-8")):
        add_counter(community, row)
    now = timezone.localtime()
    if Booking.objects.filter(community=community).exists():
        actions.lay_out_slots(community=community, at=now)
        return
    month = Month(community, now)
    for number in range(-PAST, COMING + 1):
        day = now.date() + number * ONE_DAY
        if number % WEEK == 0:  # each counter opens its times two weeks ahead
            actions.lay_out_slots(community=community, at=min(early_morning(day), now))
        month.book_day(day)
    send_demo_messages(now)
    seal_records(community)


def add_counter(community: Community, row: dict[str, Any]) -> None:
    """With prefixes, the items of these kinds; without, what no other counter of the place serves. Without
    places it is a session, and serves none."""
    facility = Facility.objects.get(community=community, code=row["facility"])
    values = {name: row[name] for name in row if name not in ("code", "facility", "prefixes", "shifts")}
    counter, is_new = Counter.objects.get_or_create(
        community=community, code=row["code"], defaults=values | {"facility": facility}
    )
    if not is_new:
        return
    for shift in row.get("shifts", []):
        counter.shifts.create(**shift)
    if not (counter.online_places or counter.counter_places):
        return
    items = ServiceItem.objects.filter(community=community, facility=facility, is_bookable=True)
    others = {prefix for each in read_counters(facility.code) for prefix in each.get("prefixes", [])}
    mine = row.get("prefixes")
    counter.items.set(
        item
        for item in items
        if (item.code.startswith(tuple(mine)) if mine else not item.code.startswith(tuple(others)))
    )


def read_counters(facility: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(DATA.read_text(encoding="utf-8"))
    return [row for row in rows if row["facility"] == facility]


def early_morning(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(7)))


class Month:
    """The same month for the same day: chance is seeded."""

    endings: Sequence[str] = ENDINGS

    def __init__(self, community: Community, now: dt.datetime, *, clerk: str = CLERK) -> None:
        self.community, self.now = community, now
        self.chance = random.Random(20221101)  # noqa: S311 - a demo, no secret
        self.clerk = demo_staff(community, clerk)
        self.people = list(
            Resident.objects.filter(community=community).select_related("login").order_by("pk")
        )
        popular = ServiceItem.objects.filter(community=community, code__in=POPULAR)
        self.items = {item.code: item for item in popular}
        self.popular = [code for code in POPULAR if code in self.items]

    def book_day(self, day: dt.date) -> None:
        """Four or five bookings of this day, made some days before, and what became of them."""
        asked_at = min(early_morning(day) - self.chance.randint(1, 6) * ONE_DAY, self.now)
        for _ in range(self.chance.choice([3, 4, 5])):
            booking = self.book_one(day, asked_at)
            send_demo_messages(asked_at)  # before something else becomes of it
            if booking and booking.slot.ends_at <= self.now:
                self.finish(booking)
            elif booking and booking.slot.starts_at <= self.now:
                actions.check_in_booking(booking=booking, at=self.now, by=self.clerk)

    def book_one(self, day: dt.date, at: dt.datetime) -> Booking | None:
        """Online with a login of one's own, else through the clerk; what is refused stays undone."""
        item = self.items[self.chance.choice(self.popular)]
        person = self.chance.choice(self.people)
        by, via = (person.login, Via.ONLINE) if person.login else self.in_the_name_of(person)
        channel = Slot.Channel.ONLINE if via == Via.ONLINE else Slot.Channel.COUNTER
        slots = Slot.objects.open().upcoming(at).serving(item).filter(day=day, channel=channel)
        slot = self.pick(list(slots.with_places_left().select_related("counter__facility", "community")))
        if slot is None:
            return None
        try:
            return actions.book_slot(item=item, slot=slot, resident=person, via=via, at=at, by=by)
        except ValidationError:
            return None

    def in_the_name_of(self, person: Resident) -> tuple[User, str]:
        mandate = person.mandates_given.active().select_related("agent").first()
        if mandate:
            return mandate.agent, Via.ONLINE
        return self.clerk, self.chance.choice([Via.PHONE, Via.WINDOW])

    def pick(self, slots: list[Slot]) -> Slot | None:
        return self.chance.choice(slots) if slots else None

    def finish(self, booking: Booking) -> None:
        self.ways_to_end(booking)[self.chance.choice(self.endings)]()

    def ways_to_end(self, booking: Booking) -> dict[str, Callable[[], Any]]:
        start, by = booking.slot.starts_at, self.clerk
        return {
            "served": lambda: self.serve(booking),
            "no_show": lambda: actions.record_no_show(booking=booking, at=booking.slot.ends_at, by=by),
            "excused": lambda: actions.excuse_absence(
                booking=booking, at=booking.slot.ends_at, by=by, reason="打电话说身体不适（演示）"
            ),
            "cancelled": lambda: actions.cancel_booking(
                booking=booking, at=start - dt.timedelta(hours=3), via=Via.PHONE, by=by
            ),
        }

    def serve(self, booking: Booking) -> None:
        start = booking.slot.starts_at
        actions.check_in_booking(booking=booking, at=start - dt.timedelta(minutes=4), by=self.clerk)
        actions.complete_booking(booking=booking, at=start + dt.timedelta(minutes=17), by=self.clerk)
