"""Who comes without a booking draws a ticket: nobody is refused, and none takes a place of the times."""

import pytest
import time_machine
from django.urls import reverse

from circle.models import Resident
from services.models import Slot
from tests import make

pytestmark = pytest.mark.django_db
NOW = make.moment(0, 8, 50)
COUNTER_PLACES, ONLINE_PLACES = 13, 26


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def item():
    """Served today by a counter whose places online are all empty."""
    found = make.bookable()
    counter = found.counters.get()
    for number in range(COUNTER_PLACES):
        starts_at = make.moment(0, 9 + number // 2, number % 2 * 30)
        make.slot(counter=counter, starts_at=starts_at, channel="online", capacity=2)
        make.slot(counter=counter, starts_at=starts_at, channel="counter", capacity=1)
    return found


def walk_in(client, item, **values) -> int:
    hall = item.counters.get().facility
    sent = {"item": item.code, "name": "", "phone": ""} | values
    return client.post(reverse("admin:services_booking_walk_in", args=[hall.short_code]), sent).status_code


def test_fourteenth_walk_in_is_taken_in_while_online_places_are_empty(client, clerk, item):
    answers = [walk_in(client, item, name=f"居民{number}号", once=str(number)) for number in range(14)]
    assert answers == [302] * 14
    assert not Slot.objects.filter(taken__gt=0).exists()


def test_walk_in_needs_no_name_and_registers_nobody(client, clerk, item):
    assert [walk_in(client, item, once=str(number)) for number in range(3)] == [302] * 3
    assert not Resident.objects.exists()


def test_walk_in_stands_on_the_sheet_at_the_time_of_arrival(client, clerk, item):
    walk_in(client, item, once="k", name="赵大爷")
    sheet = client.get(reverse("admin:services_booking_day", args=[item.counters.get().facility.short_code]))
    [row] = sheet.context["arrivals"]
    assert row.drawn_at == NOW
