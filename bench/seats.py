"""How long an offer takes that books seats from class to class for 30 months, and the page of occupancy.

    .ci/with-postgres .venv/bin/python bench/seats.py [offers]
    .venv/bin/python bench/seats.py [offers]      on a SQLite of its own

Measured beside 500 children who have seats of three years of days (a million rows). An offer is the whole
action, from the lock to COMMIT with its stays, 1,800 days of a seat, record and message; at most 150 ms are
wanted. The database must be empty.
"""

import datetime as dt
import statistics
import sys
import tempfile
import time

from fresh import start

OFFERS = int(sys.argv[1]) if len(sys.argv) > 1 else 20
CHILDREN, DAYS = 500, 3 * 365
MOST_MS, MOST_QUERIES = 150, 12


def lay_out():
    """Nurseries of three full classes each, and one of them with places enough for what is measured."""
    from childcare.actions.seats import lay_out_seats
    from childcare.models import SeatDay, Stay
    from tests import make
    from tests import make_childcare as nursery

    first = make.MORNING.date() - dt.timedelta(days=DAYS // 2)
    made = 0
    while made < CHILDREN:
        place = make.facility(dimension="children", community=make.here())
        for band, most in (("infants", 10), ("toddlers", 15), ("older", 20)):
            group = nursery.nursery_class(band, facility=place, capacity=most)
            lay_out_seats(group)
            for seat in group.seats.all()[: CHILDREN - made]:
                application = nursery.draft(guardian=make.own_resident(community=make.here()))
                child = make.resident(community=make.here())
                stay = Stay.objects.create(
                    application=application,
                    nursery_class=group,
                    starts_on=first,
                    ends_on=first + dt.timedelta(days=DAYS - 1),
                )
                SeatDay.objects.bulk_create(
                    SeatDay(seat=seat, day=first + dt.timedelta(days=day), half=half, child=child, stay=stay)
                    for day in range(DAYS)
                    for half in ("am", "pm")
                )
                made += 1
    return first


def offer_times() -> list[float]:
    """Milliseconds of each offer of a chain of 30 months, in a nursery with a seat for each."""
    from childcare import actions
    from tests import make
    from tests import make_childcare as nursery

    groups, times, by = [], [], make.user()
    for number in range(OFFERS):
        if number % 10 == 0:
            place = make.facility(dimension="children", community=make.here())
            groups = [
                nursery.nursery_class(band, facility=place, capacity=10)
                for band in ("infants", "toddlers", "older")
            ]
        application = nursery.verified(
            guardian=make.own_resident(community=make.here()),
            nursery_class=groups[0],
            child_born_on=dt.date(2026, 7, 3),  # half a year on the first day
        )
        began = time.perf_counter()
        actions.offer_place(
            application=application,
            nursery_class=groups[0],
            start_on=application.start_on,
            days=5,
            at=make.MORNING,
            by=by,
        )
        times.append((time.perf_counter() - began) * 1000)
        if application.offers.get().missing_from:
            raise SystemExit("a seat was missing")
    return times


def occupancy(first: dt.date) -> tuple[int, float]:
    """Queries and milliseconds of a year of the page."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from childcare.backoffice.occupancy import class_occupancy
    from childcare.models import NurseryClass

    classes = NurseryClass.objects.select_related("facility").prefetch_related("limits")
    with CaptureQueriesContext(connection) as seen:
        began = time.perf_counter()
        rows = class_occupancy(classes, first.replace(day=1))
        took = (time.perf_counter() - began) * 1000
    if not any(month.percent == 100 for row in rows for month in row.months):
        raise SystemExit("no class is full")
    return len(seen), took


def main() -> None:
    first = lay_out()
    times, (queries, took) = offer_times(), occupancy(first)
    median = statistics.median(times)
    print(f"offer with a chain of 30 months: {median:.0f} ms (up to {max(times):.0f}), {OFFERS} offers")
    print(f"occupancy of {CHILDREN} children: {queries} queries, {took:.0f} ms")
    if median > MOST_MS or queries > MOST_QUERIES:
        raise SystemExit("slower than wanted")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        start(folder)
        main()
