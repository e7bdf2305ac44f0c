"""`tick` runs on two machines at once: each date of a series is booked once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction

from circle.models import Community
from eldercare import actions
from eldercare.models import CareBooking, SeriesDate
from tests import make
from tests import make_eldercare as care

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
AT = make.MORNING
LATER = AT + 7 * (make.moment(1, 9) - make.moment(0, 9))
MACHINES = 4


def test_each_date_is_booked_once_whoever_runs_tick(at_once):
    found = [care.series() for _ in range(3)]
    here = found[0].community
    actions.lay_out_slots(community=here, at=LATER)

    def run() -> int:
        return actions.lay_out_series(community=Community.objects.get(pk=here.pk), at=LATER)

    answers = at_once(*([run] * MACHINES))
    assert sum(answers) == 3
    assert SeriesDate.objects.count() == CareBooking.objects.live().count() == 9
    assert {each.slot.taken for each in CareBooking.objects.select_related("slot")} == {1}


@pytest.mark.planted
def test_naive_code_books_a_date_twice():
    """The negative control: look, then write. Only PostgreSQL lets several in at a time."""
    series = care.series(kind=care.request_kind(), weeks=2)
    start, looked = threading.Barrier(MACHINES), threading.Barrier(MACHINES)
    made = CareBooking.objects.get(series_date__series=series, day=series.first_day)

    def naive(number: int) -> int:
        try:
            connection.ensure_connection()
            start.wait(timeout=20)
            with transaction.atomic():
                is_booked = CareBooking.objects.filter(day=series.last_day).exists()
                if connection.vendor == "postgresql":
                    looked.wait(timeout=20)  # all have looked before the first one writes
                if is_booked:
                    return 0
                copy = CareBooking.objects.get(pk=made.pk)
                copy.pk, copy.code, copy.day = None, f"N{number}", series.last_day
                copy.status = "cancelled"  # live, its own unique key would stand in the way
                copy.save(force_insert=True)
        finally:
            connections.close_all()
        return 1

    with ThreadPoolExecutor(MACHINES) as pool:
        times = sum(pool.map(naive, range(MACHINES)))
    assert times > 1 if connection.vendor == "postgresql" else times == 1
