"""The waiting and serving times of a month by the hour of arrival."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from services import actions
from services.admin.ticket_figures import Spread, spread
from services.models import Ticket
from tests import make

pytestmark = pytest.mark.django_db
NOW = make.moment(0, 9)
MINUTE = dt.timedelta(minutes=1)


def minutes(*lengths: int) -> list[dt.timedelta]:
    return [length * MINUTE for length in lengths]


def test_spread_is_by_nearest_rank():
    assert spread([]) == Spread(None, None)
    assert spread([None, *minutes(5)]) == Spread(5, 5)
    assert spread(minutes(*range(10, 0, -1))) == Spread(5, 9)
    assert spread(minutes(1, 1, 1, 60)) == Spread(1, 60)


def test_month_by_hour_of_arrival(client, clerk, django_assert_max_num_queries):
    with time_machine.travel(NOW, tick=False):
        item = make.bookable()
        counter = item.counters.get()
        for number in range(3):
            at = NOW + number * 30 * MINUTE
            make.ticket(item=item, at=at)
            ticket = actions.call_next(counter=counter, at=at + (number + 1) * MINUTE, by=clerk)
            actions.start_serving(ticket=ticket, at=at + 10 * MINUTE, by=clerk)
            actions.finish_ticket(ticket=ticket, at=at + 15 * MINUTE, by=clerk)
        booking = make.booking(slot=make.slot(counter=counter, starts_at=NOW + 60 * MINUTE), item=item)
        actions.check_in_booking(booking=booking, at=NOW, by=clerk)  # an hour early: that is not waited
        actions.call_next(counter=counter, at=NOW + 64 * MINUTE, by=clerk)
        left = make.ticket(item=item, at=NOW + 70 * MINUTE)
        actions.give_up_ticket(ticket=left, at=NOW + 90 * MINUTE, by=None)
        url = reverse("admin:services_ticket_figures", args=[counter.facility.short_code])
        client.get(url)
        with django_assert_max_num_queries(10):
            page = client.get(url)
        assert page.context["rows"] == [
            ["9:00–10:00", 3, 0, 2, 4, 5, 5],
            ["10:00–11:00", 2, 1, 3, 3, 5, 5],
        ]
        assert page.context["totals"][1:] == [5, 1, 2, 4, 5, 5]
        assert client.get(f"{url}?csv=1").headers["Content-Type"].startswith("text/csv")
        assert client.get(f"{url}?month=2026-10").context["rows"] == []
    assert Ticket.objects.count() == 5
