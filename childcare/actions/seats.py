"""Seats by date: which are free from a day on, and the days of a child booked, cut off and deleted."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, OuterRef, QuerySet, Subquery

from childcare.models import Application, NurseryClass, Seat, SeatDay, Stay
from childcare.models.seats import SeatDayQuerySet

ONE_DAY = dt.timedelta(days=1)
Half = SeatDay.Half


@dataclass(frozen=True)
class Part:
    """A seat that is free from the first to the last day, both included."""

    seat: int
    first: dt.date
    last: dt.date

    @property
    def days(self) -> Iterator[dt.date]:
        return (self.first + number * ONE_DAY for number in range((self.last - self.first).days + 1))


def lock_classes(*groups: NurseryClass) -> None:
    """Every class of their nurseries, in one order: a child goes from class to class. Two nurseries take one
    call."""
    nurseries = {group.facility_id for group in groups}
    rows = NurseryClass.objects.filter(facility__in=nurseries).order_by("pk")
    list(rows.select_for_update(no_key=True, of=("self",)).values_list("pk"))


def lay_out_seats(nursery_class: NurseryClass) -> None:
    """A row for each place of the class; there may be more, of times when it had more."""
    known = set(Seat.objects.filter(nursery_class=nursery_class).values_list("number", flat=True))
    Seat.objects.bulk_create(
        [
            Seat(nursery_class=nursery_class, number=number, band=nursery_class.band)
            for number in range(1, nursery_class.capacity + 1)
            if number not in known
        ],
        ignore_conflicts=True,
    )


def free_parts(nursery_class: NurseryClass, places: int, first: dt.date, last: dt.date) -> list[Part]:
    """Seats one after the other from the first day on; up to the last day, or to the day before so many
    children are there already."""
    full = first_full_day(nursery_class, places, first, last)
    last = full - ONE_DAY if full else last
    parts, day = [], first
    while day <= last:
        gaps = free_gaps(nursery_class, day)
        if not gaps:
            break
        gap = best_gap(gaps, last)
        parts.append(Part(gap.seat, day, min(gap.until - ONE_DAY, last)))
        day = parts[-1].last + ONE_DAY
    return parts


@dataclass(frozen=True)
class Gap:
    """A seat that is free on a day: since when and until when it is booked."""

    seat: int
    since: dt.date
    until: dt.date


def best_gap(gaps: list[Gap], last: dt.date) -> Gap:
    """The tightest that reaches to the last day, so that whole seats stay free; else the longest."""
    whole = [gap for gap in gaps if gap.until > last]
    if whole:
        return min(whole, key=lambda gap: (gap.until, -gap.since.toordinal(), gap.seat))
    return max(gaps, key=lambda gap: (gap.until, -gap.seat))


def free_gaps(nursery_class: NurseryClass, day: dt.date) -> list[Gap]:
    booked = SeatDay.objects.filter(seat=OuterRef("pk"))
    seats = Seat.objects.filter(nursery_class=nursery_class, number__lte=nursery_class.capacity).annotate(
        since=Subquery(booked.filter(day__lt=day).order_by("-day").values("day")[:1]),
        until=Subquery(booked.filter(day__gte=day).order_by("day").values("day")[:1]),
    )
    return [
        Gap(seat, since or dt.date.min, until or dt.date.max)
        for seat, since, until in seats.values_list("pk", "since", "until")
        if until != day
    ]


def first_full_day(nursery_class: NurseryClass, places: int, first: dt.date, last: dt.date) -> dt.date | None:
    """None where fewer children than that are there on every day."""
    if places <= 0:
        return first
    rows = days_of(nursery_class).filter(day__gte=first, day__lte=last)
    full = rows.values("day").annotate(children=Count("pk")).filter(children__gte=places).order_by("day")
    row = full.first()
    return row["day"] if row else None


def days_of(nursery_class: NurseryClass) -> QuerySet[SeatDay]:
    """One row for each child and day."""
    return SeatDay.objects.filter(seat__nursery_class=nursery_class, half=Half.MORNING)


def book_parts(stay: Stay, parts: list[Part]) -> None:
    """An IntegrityError where somebody was quicker."""
    for part in parts:
        insert_days(part, stay.application.child_id, stay.pk)


# Written by the database itself: 1,800 rows of a long stay, built as objects, cost more than all the rest.
NEXT_DAY = {"postgresql": "CAST(day + 1 AS date)", "sqlite": "date(day, '+1 day')"}
INSERT_DAYS = """
INSERT INTO {table} (seat_id, day, half, child_id, stay_id)
WITH RECURSIVE days(day) AS (
    SELECT CAST(%s AS {day}) UNION ALL SELECT {next_day} FROM days WHERE day < %s
)
SELECT %s, day, half, %s, %s FROM days CROSS JOIN (SELECT %s AS half UNION ALL SELECT %s) AS halves
"""


def insert_days(part: Part, child_id: int | None, stay_id: int) -> None:
    """Both halves of every day."""
    vendor = connection.vendor
    statement = INSERT_DAYS.format(
        table=connection.ops.quote_name(SeatDay._meta.db_table),
        day="date" if vendor == "postgresql" else "text",
        next_day=NEXT_DAY[vendor],
    )
    first, last = (connection.ops.adapt_datefield_value(day) for day in (part.first, part.last))
    with connection.cursor() as cursor:
        cursor.execute(statement, [first, last, part.seat, child_id, stay_id, *Half.values])


def release_seats(application: Application, first: dt.date) -> None:
    """From that day on: the days go back to their seats, and a stay that has begun ends the day before."""
    booked_days(application).filter(day__gte=first).delete()
    stays = Stay.objects.filter(application=application, ends_on__gte=first)
    stays.filter(starts_on__gte=first).delete()
    stays.filter(starts_on__lt=first).update(ends_on=first - ONE_DAY)


def release_all_seats(application: Application) -> None:
    """Of a child that never came."""
    booked_days(application).delete()
    Stay.objects.filter(application=application).delete()


def booked_days(application: Application) -> SeatDayQuerySet:
    """Without a join: for a DELETE the days would be joined to themselves, which PostgreSQL plans badly."""
    return SeatDay.objects.filter(stay__in=Stay.objects.filter(application=application))
