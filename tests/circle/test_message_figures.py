"""The director sees what was sent by month and channel, and what the text messages cost."""

import csv
import datetime as dt
import io
from decimal import Decimal

import pytest

from circle.calendar.working_days import SHANGHAI
from circle.models import Message, Rule
from circle.notifications.figures import RULE, message_figures
from tests import make

pytestmark = pytest.mark.django_db
URL = "/en/admin/circle/message/figures/"


def noon(month: int, day: int) -> dt.datetime:
    return dt.datetime(2026, month, day, 12, tzinfo=SHANGHAI)


def sent(count: int, at: dt.datetime, channel: str = "sms", **values) -> None:
    for _number in range(count):
        make.message(status="sent", sent_at=at, channel=channel, **values)


def price(valid_from: dt.date, yuan: int, *, is_verified: bool = False) -> None:
    params = {"yuan_per_thousand": yuan}
    Rule.objects.create(
        kind=RULE, valid_from=valid_from, params=params, source_zh="报价", is_verified=is_verified
    )


@pytest.fixture(autouse=True)
def prices():
    Rule.objects.filter(kind=RULE).delete()
    price(dt.date(2026, 1, 1), 40, is_verified=True)
    price(dt.date(2026, 10, 15), 50)


def test_each_text_message_is_charged_at_the_price_of_its_day():
    sent(3, noon(10, 14))
    sent(2, noon(10, 15))
    sent(1, noon(9, 1))
    sent(4, noon(9, 2), "desk")
    found = message_figures(Message.objects.all())
    assert [(month.first, month.sent["sms"], month.sent["desk"], month.cost) for month in found] == [
        (dt.date(2026, 10, 1), 5, 0, Decimal("0.22")),
        (dt.date(2026, 9, 1), 1, 4, Decimal("0.04")),
    ]
    assert [month.is_verified for month in found] == [False, True]


def test_month_is_that_of_the_clock_here():
    sent(1, dt.datetime(2026, 9, 30, 16, 30, tzinfo=dt.UTC))  # half past midnight on 1 October
    assert [month.first for month in message_figures(Message.objects.all())] == [dt.date(2026, 10, 1)]


def test_month_without_a_price_has_no_sum_and_not_a_wrong_one():
    sent(2, dt.datetime(2025, 5, 1, tzinfo=SHANGHAI))
    sent(2, dt.datetime(2025, 5, 1, tzinfo=SHANGHAI), "email")
    [month] = message_figures(Message.objects.all())
    assert (month.sent["sms"], month.sent["email"], month.cost) == (2, 2, None)


def test_what_waits_or_was_dropped_does_not_count_and_what_was_given_up_does():
    for status in ("queued", "dropped", "dead"):
        make.message(status=status, due_at=noon(9, 1))
    [month] = message_figures(Message.objects.all())
    assert (month.sent.total(), month.undelivered) == (0, 1)


def test_figures_take_three_queries_however_many_days(django_assert_num_queries):
    for day in range(1, 20):
        sent(1, noon(9, day))
    with django_assert_num_queries(3):
        message_figures(Message.objects.all())


def test_director_sees_the_months_of_the_own_community_on_page_and_as_a_table(client):
    here = make.here()
    sent(2, noon(9, 1), community=here)
    sent(7, noon(9, 1), community=make.community(slug="elsewhere"))
    client.force_login(make.post("director", community=here).user)
    page = client.get(URL)
    assert [cells[0] for _month, cells in page.context["rows"]] == ["2"]
    assert URL in client.get("/en/admin/circle/message/").text
    table = csv.reader(io.StringIO(client.get(URL + "?csv=1").content.decode("utf-8-sig")))
    assert list(table)[1] == ["2026-09", "2", "0", "0", "0", "0", "0", "0.08"]


def test_who_only_visits_the_own_grid_sees_no_figures(client):
    client.force_login(make.post("grid_worker").user)
    assert client.get(URL).status_code == 403
    assert URL not in client.get("/en/admin/circle/message/").text
