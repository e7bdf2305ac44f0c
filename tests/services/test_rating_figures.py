"""What is published: ratings by month without small numbers, and how long an item really took."""

import datetime as dt
import random

import pytest

from circle.booking.rating_figures import FEWEST, hide_small, rated_things
from circle.calendar.working_days import Calendar
from circle.models import Rating
from services.actions import measure_items
from services.models import ServiceItem, Ticket
from services.models.days_taken import Taken, days_of_cases, taken_of, time_taken, workdays_between
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]
NOW = make.MORNING
MINUTE = dt.timedelta(minutes=1)


def test_no_small_number_is_shown_or_follows_from_the_sum():
    assert hide_small([20, 8, 3, 0, 0]) == [20, None, None, None, None]
    assert hide_small([40, 0, 0, 0, 0]) == [None] * 5
    assert hide_small([9, 8, 7, 6, 5]) == [9, 8, 7, 6, 5]
    chance = random.Random(5)
    for _round in range(300):
        cells = [chance.choice([0, 1, 4, 5, 6, 30]) for _level in range(5)]
        shown = hide_small(cells)
        hidden = [count for count, each in zip(cells, shown, strict=True) if each is None]
        assert all(each is None or each >= FEWEST for each in shown)
        assert not hidden or len(hidden) == len(cells) or (len(hidden) > 1 and sum(hidden) >= FEWEST)


def rated(number: int, level: int, month: int, channel: str = "link", about: int = 7) -> None:
    at = make.moment(0, 9).replace(month=month, day=9)
    latest = Rating.objects.count()
    Rating.objects.bulk_create(
        Rating(
            community=make.here(), subject_type="a.thing", subject_id=latest + each, about_type="a.kind",
            about_id=about, title_zh="办证", title_en="A card", served_at=at, asked_at=at, until=at,
            rated_at=at, level=level, channel=channel,
        )
        for each in range(number)
    )  # fmt: skip


def test_page_shows_whole_months_and_devices_apart(client):
    rated(20, 5, 9)
    rated(7, 4, 9)
    rated(3, 1, 9)
    rated(4, 5, 10)  # too few
    rated(30, 5, 11)  # the running month
    rated(6, 5, 9, "device")
    rated(4, 1, 9, about=8)
    [thing] = rated_things(make.here(), NOW.date())
    [month] = thing.months
    assert (month.first.month, month.n, thing.n) == (9, 30, 30)
    assert month.cells == [20, None, None, None, None]
    assert [(each.n, each.cells) for each in thing.on_devices] == [(6, [None] * 5)]
    assert "A card" in client.get("/en/ratings/").content.decode()


def test_item_page_tells_how_long_ten_visits_took(client):
    item = make.bookable(promised_days=0)
    counter = item.counters.get()
    for number in range(1, 11):
        ticket = make.ticket(item=item, facility=counter.facility)
        done = {"status": "done", "done_at": ticket.drawn_at + number * MINUTE}
        assert time_taken(item, NOW) == []
        Ticket.objects.filter(pk=ticket.pk).update(**done)
    assert time_taken(item, NOW) == [Taken(n=10, median=5, late=9, in_days=False)]
    assert [measure_items(at=NOW), measure_items(at=NOW)] == [ServiceItem.objects.count(), 0]
    assert "half of 10 visits" in " ".join(client.get(f"/en/services/{item.code}/").content.decode().split())


def test_days_of_cases_are_working_days_without_stops():
    friday, tuesday = dt.date(2026, 11, 20), dt.date(2026, 11, 24)
    calendar = Calendar(friday, tuesday)
    assert workdays_between(calendar, friday, tuesday, set()) == 2
    assert workdays_between(calendar, friday, tuesday, {tuesday}) == 1
    assert days_of_cases(make.agency_case().item, NOW) == []
    assert taken_of([3] * 9, in_days=True) is None
