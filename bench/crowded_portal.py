"""Loads an empty database with bookings and all that belongs to them, in bulk, for bench/scale.py."""

import datetime as dt
import itertools
import random
import sys
from collections.abc import Iterator
from functools import cache

from django.db import transaction
from django.utils import timezone

from circle import text_matching
from circle.audit.seals import GENESIS, digest_of
from circle.calendar.working_days import SHANGHAI
from circle.identifiers.public_codes import new_code
from circle.management.bar import ProgressBar
from circle.models import Anchor, Household, Message, Record, Resident, Seal, User
from services.models import Booking, Counter, ServiceItem, Slot
from tests import make

AT_ONCE = 5000
PLACES = 20  # of each time: all are taken, or were given back
TIMES_A_DAY = 40
DAYS_TO_COME = 10
BUILDINGS = 100
ITEMS = 20
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
GIVEN = "安邦昌达恩芳刚海佳康兰敏宁平秋荣山婷伟新雅英玉泽珍志忠竹子宗"
PAST = ["served"] * 16 + ["no_show", "cancelled", "cancelled", "revoked"]
COMING = ["booked"] * 18 + ["cancelled", "cancelled"]


def load(bookings: int) -> None:
    """With a resident for each five, a login for each ten; records, seals and messages one each."""
    loader = Loader(bookings)
    with transaction.atomic():
        loader.settle()
        loader.open_hall()
    bar = ProgressBar(Lines(), bookings, "bookings")
    done = 0
    for slots in batches(loader.times(), AT_ONCE // PLACES):
        with transaction.atomic():
            loader.fill(slots)
        done += len(slots) * PLACES
        bar.show(done)
    loader.anchor()


class Lines:
    """What the progress bar writes to."""

    def isatty(self) -> bool:
        return sys.stdout.isatty()

    def write(self, text: str, ending: str = "\n") -> None:
        print(text, end=ending)

    def flush(self) -> None:
        sys.stdout.flush()


def batches(rows: Iterator[Slot], size: int) -> Iterator[list[Slot]]:
    while batch := list(itertools.islice(rows, size)):
        yield batch


@cache
def search_key(name: str) -> str:
    return text_matching.build_key([name], [])


class Loader:
    def __init__(self, bookings: int) -> None:
        self.bookings, self.at = bookings, timezone.now()
        self.chance = random.Random(1)
        self.community = make.community()
        self.position, self.digest = 0, GENESIS
        self.people: list[Resident] = []
        self.codes: set[str] = set()
        self.day: dt.date | None = None
        self.free: list[Resident] = []

    def settle(self) -> None:
        """Residents in households, every second of them with a login and a phone."""
        count = self.bookings // 5
        homes = [make.building(community=self.community) for _ in range(BUILDINGS)]
        households = Household.objects.bulk_create(
            Household(
                community=self.community, building=homes[number % BUILDINGS], door=f"{number // BUILDINGS}"
            )
            for number in range(count // 3 + 1)
        )
        logins = User.objects.bulk_create(self.login(number) for number in range(count // 2))
        rows = (self.resident(number, households, logins) for number in range(count))
        while batch := list(itertools.islice(rows, AT_ONCE)):
            self.people += Resident.objects.bulk_create(batch)

    def login(self, number: int) -> User:
        login = User(name="", phone_verified_at=self.at)
        login.phone = f"+86131{number:08}"
        return login

    def resident(self, number: int, households: list[Household], logins: list[User]) -> Resident:
        name = "".join([self.chance.choice(SURNAMES), *self.chance.choices(GIVEN, k=2)])
        household = households[number // 3]
        found = Resident(
            community=self.community,
            building_id=household.building_id,
            household=household,
            name=name,
            search_key=search_key(name),
            born_on=dt.date(1935, 1, 1) + dt.timedelta(days=self.chance.randrange(26_000)),
        )
        if number % 2:
            found.login = logins[number // 2]
            found.phone = f"+86131{number // 2:08}"
        return found

    def open_hall(self) -> None:
        self.items: list[ServiceItem] = [make.bookable(community=self.community) for _ in range(ITEMS)]
        self.counters: list[Counter] = [item.counters.get() for item in self.items]

    def times(self) -> Iterator[Slot]:
        """As many as the bookings fill, from long ago to the next days."""
        count = -(-self.bookings // PLACES)
        first = timezone.localdate() + dt.timedelta(days=DAYS_TO_COME - -(-count // TIMES_A_DAY) + 1)
        for number in range(count):
            day, place = divmod(number, TIMES_A_DAY)
            starts_at = dt.datetime.combine(
                first + dt.timedelta(days=day), dt.time(8 + place // ITEMS), SHANGHAI
            )
            yield Slot(
                community=self.community,
                counter=self.counters[place % ITEMS],
                channel=Slot.Channel.ONLINE,
                day=starts_at.date(),
                starts_at=starts_at,
                ends_at=starts_at + dt.timedelta(minutes=30),
                capacity=PLACES,
            )

    def fill(self, slots: list[Slot]) -> None:
        rows = [booking for slot in slots for booking in self.bookings_of(slot)]
        Slot.objects.bulk_create(slots)
        made = Booking.objects.bulk_create(rows)
        records = Record.objects.bulk_create(self.record(booking) for booking in made)
        Seal.objects.bulk_create([self.seal(record) for record in records])
        Message.objects.bulk_create(self.message(booking) for booking in made)

    def bookings_of(self, slot: Slot) -> list[Booking]:
        is_past = slot.starts_at <= self.at
        found = []
        for person in self.people_for(slot):
            status = self.chance.choice(PAST if is_past else COMING)
            booked_at = min(slot.starts_at, self.at) - dt.timedelta(
                days=1, microseconds=self.chance.randrange(10**10)
            )
            found.append(
                Booking(
                    community=self.community,
                    slot=slot,
                    item=self.items[self.counters.index(slot.counter)],
                    resident=person,
                    code=self.code(),
                    ordinal=slot.starts_at.hour * ITEMS + self.counters.index(slot.counter),
                    day=slot.day,
                    status=status,
                    status_at=booked_at,
                    via="online" if person.login_id else "phone",
                    booked_at=booked_at,
                    booked_by_id=person.login_id,
                )
            )
        slot.taken = sum(row.status not in Booking.FREED for row in found)
        return found

    def code(self) -> str:
        """Of a million chance codes some meet; the portal draws again, as here."""
        while (found := new_code()) in self.codes:
            pass
        self.codes.add(found)
        return found

    def people_for(self, slot: Slot) -> list[Resident]:
        """Nobody twice on a day."""
        if slot.day != self.day:
            self.day, self.free = slot.day, self.chance.sample(self.people, PLACES * TIMES_A_DAY)
        found, self.free = self.free[:PLACES], self.free[PLACES:]
        return found

    def record(self, booking: Booking) -> Record:
        return Record(
            community=self.community,
            at=booking.booked_at,
            actor_id=booking.booked_by_id,
            verb="booking_made",
            subject_type="services.booking",
            subject_id=booking.pk,
            to_state="booked",
            details={"item": booking.item_id, "slot": booking.slot_id, "via": booking.via},
        )

    def seal(self, record: Record) -> Seal:
        self.position, self.digest = self.position + 1, digest_of(record, self.digest)
        return Seal(community=self.community, position=self.position, record=record, digest=self.digest)

    def message(self, booking: Booking) -> Message:
        return Message(
            community=self.community,
            resident=booking.resident,
            channel=Message.Channel.SMS,
            event="booking_made",
            values={
                "code": booking.code,
                "item": booking.item.name,
                "place": "大厅",
                "starts_at": booking.slot.starts_at.isoformat(),
            },
            dedupe=f"booking_made:{booking.pk}",
            status=Message.Status.SENT,
            created_at=booking.booked_at,
            due_at=booking.booked_at,
            sent_at=booking.booked_at,
        )

    def anchor(self) -> None:
        Anchor.objects.create(
            community=self.community, day=timezone.localdate(), position=self.position, digest=self.digest
        )
