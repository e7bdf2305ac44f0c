"""The step “when?”: the days as weeks, the booked day first, and an answer where no time was chosen."""

import datetime as dt

import pytest

from circle.booking.days import DayOfSlots
from circle.templatetags.day_tags import weeks_of
from tests import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_the_morning")]


@pytest.fixture
def nine():
    return make.slot()


def book(slot, page: str = "") -> str:
    return f"/services/{item_of(slot)}/book/{page}"


def item_of(slot) -> str:
    return slot.counter.items.get().code


@pytest.mark.parametrize("slot", ["", "no-such-thing"])
def test_continuing_without_a_time_is_answered_at_once_and_before_signing_in(client, nine, slot):
    day = nine.day.isoformat()
    page = client.get(book(nine), {"next": "1", "day": day, "slot": slot})
    assert page.status_code == 422
    assert ('class="summary"' in page.text, 'href="#id_slot"' in page.text) == (True, True)
    assert page.context["day"].date == nine.day


def test_a_chosen_time_leads_on(client, nine):
    page = client.get(book(nine), {"next": "1", "slot": nine.code, "resident": "x"})
    assert page["Location"] == f"{book(nine, 'who/')}?slot={nine.code}&resident=x"


def test_another_time_opens_on_the_booked_day(client):
    booking = make.booking(slot=make.slot(starts_at=make.moment(3, 9)))
    counter, starts_at = booking.slot.counter, booking.slot.starts_at
    make.slot(counter=counter, starts_at=starts_at - dt.timedelta(days=1))
    client.force_login(booking.resident.login)
    page = client.get(f"{booking.get_absolute_url()}move/")
    assert len(page.context["days"]) == 2
    assert page.context["day"].date == booking.day


def test_weeks_run_from_monday_to_sunday():
    days = [DayOfSlots(dt.date(2026, 11, 26), left=3), DayOfSlots(dt.date(2026, 12, 1), left=0)]
    weeks = weeks_of(days)
    assert [len(week) for week in weeks] == [7, 7]
    assert weeks[0][0].date == dt.date(2026, 11, 23)
    assert [cell.day for cell in weeks[0] if cell.day] == [days[0]]
    assert weeks[1][1].day == days[1]
    named = [cell.date.day for week in weeks for cell in week if cell.names_month]
    assert (named, weeks_of([])) == ([23, 1], [])


def test_a_full_day_says_so_and_elders_are_spared_it(client, nine):
    tomorrow = make.slot(counter=nine.counter, starts_at=nine.starts_at + dt.timedelta(days=1), capacity=0)
    table = client.get(book(nine)).text
    client.cookies["look"] = "size=elder"
    plain = client.get(book(nine)).text
    assert ("满" in table, "余" in table, 'table class="days"' in table) == (True, True, True)
    address = f"day={tomorrow.day.isoformat()}"
    assert (address in table, address in plain, "余" in plain) == (True, False, True)
