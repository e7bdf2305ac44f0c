"""What the team is taken by and trained for, asked once for several bookings."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from circle.booking.busy import quarters_between
from circle.models import Busy, User
from eldercare.models import CareBooking, CareSlot, Certificate

ONE_WEEK = dt.timedelta(days=7)


def monday_of(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


class Engagements:
    """The care of these weeks by who gives it, and the quarter hours that are taken; two queries."""

    def __init__(self, bookings: Sequence[CareBooking], people: Iterable[User]) -> None:
        self.given: dict[int, list[CareBooking]] = defaultdict(list)
        self.taken: dict[int, set[tuple[int, str, int]]] = defaultdict(set)
        days = [booking.day for booking in bookings if booking.day]
        if not days:
            return
        weeks = {"day__gte": monday_of(min(days)), "day__lt": monday_of(max(days)) + ONE_WEEK}
        rows = CareBooking.objects.holding().filter(community=bookings[0].community_id, **weeks)
        for row in rows.order_by("starts_at").select_related("building", "kind__facility"):
            for pk in (row.assigned_to_id, row.assistant_id):
                if pk:
                    self.given[pk].append(row)
        slots = [booking.slot for booking in bookings if booking.slot]
        if slots:
            first, last = min(each.starts_at for each in slots), max(each.ends_at for each in slots)
            self.find_taken(people, first, last)

    def find_taken(self, people: Iterable[User], first: dt.datetime, last: dt.datetime) -> None:
        quarters = quarters_between(first, last)
        rows = Busy.objects.filter(worker__in=people, quarter__gte=quarters.start, quarter__lt=quarters.stop)
        for worker, quarter, label, pk in rows.values_list("worker", "quarter", "subject_type", "subject_id"):
            if worker:
                self.taken[worker].add((quarter, label, pk))

    def is_busy(self, user: User, booking: CareBooking) -> bool:
        """Elsewhere at that time; not by the booking itself, nor by the time that several share."""
        slot = booking.slot
        if slot is None:
            return False
        own = {(CareBooking._meta.label_lower, booking.pk)}
        if booking.kind.is_shared:
            own.add((CareSlot._meta.label_lower, slot.pk))
        quarters = quarters_between(slot.starts_at, slot.ends_at)
        return any(
            quarter in quarters and (label, pk) not in own for quarter, label, pk in self.taken[user.pk]
        )

    def cares(self, user: User, booking: CareBooking) -> int:
        """How much else they give in its week."""
        if booking.day is None:
            return 0
        monday = monday_of(booking.day)
        days = [row.day for row in self.given[user.pk] if row.pk != booking.pk and row.day]
        return sum(monday <= day < monday + ONE_WEEK for day in days)

    def before(self, user: User, booking: CareBooking) -> CareBooking | None:
        """The last that they give on its day before it."""
        start = booking.starts_at
        earlier = [
            row
            for row in self.given[user.pk]
            if start and row.pk != booking.pk and row.day == booking.day and row.starts_at
            if row.starts_at < start
        ]
        return earlier[-1] if earlier else None


class Trained:
    """The certificates of these people by skill."""

    def __init__(self, rows: Iterable[Certificate]) -> None:
        self.until: dict[tuple[int, str], dt.date] = {}
        for row in rows:
            key = (row.user_id, row.skill)
            self.until[key] = max(row.until, self.until.get(key, row.until))

    def holds(self, user: User, booking: CareBooking) -> bool:
        """On its day; without a day nobody can say."""
        until = self.until.get((user.pk, booking.kind.skill))
        return booking.day is None or (until is not None and until >= booking.day)


def trained_people(bookings: Sequence[CareBooking], people: Iterable[User]) -> Trained:
    skills = {booking.kind.skill for booking in bookings}
    return Trained(
        Certificate.objects.filter(community=bookings[0].community_id, user__in=people, skill__in=skills)
    )
