import datetime as dt
import random
from io import StringIO

import pytest
from django.core.management import call_command

from circle.calendar.working_days import DueDate, calculate_due_date
from circle.models import CalendarDay, CalendarYear

pytestmark = pytest.mark.django_db

ONE_DAY = dt.timedelta(days=1)
# Spring Festival 2026: off from 15 to 23 February, worked on Saturday the 14th and Saturday the 28th.
FRIDAY = dt.date(2026, 2, 13)


@pytest.fixture
def calendar(db) -> None:
    call_command("seed_calendar", stdout=StringIO())


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(f"2026-{text}")


def on(received: str, workdays: int, *stops: tuple[str, str]) -> dt.date:
    found = calculate_due_date(day(received), workdays, [(day(first), day(last)) for first, last in stops])
    assert not found.tentative
    return found.on


@pytest.mark.parametrize(
    ("received", "workdays", "last"),
    [
        ("02-13", 1, "02-14"),  # the Saturday worked for the festival
        ("02-13", 2, "02-24"),  # then nine days of rest
        ("02-13", 5, "02-27"),
        ("02-13", 6, "02-28"),
        ("02-13", 7, "03-02"),
        ("02-14", 1, "02-24"),
        ("02-18", 1, "02-24"),  # brought in during the rest
        ("02-23", 20, "03-20"),
        ("11-24", 1, "11-25"),
        ("11-24", 5, "12-01"),
        ("11-28", 1, "11-30"),  # on a Saturday
        ("09-30", 1, "10-08"),
        ("09-30", 3, "10-10"),
    ],
)
def test_due_counts_working_days_after_the_day_itself(calendar, received, workdays, last):
    assert on(received, workdays) == day(last)


@pytest.mark.parametrize("received", ["02-13", "02-15", "11-28"])
def test_due_of_no_days_is_the_day_itself(calendar, received):
    assert calculate_due_date(day(received), 0) == DueDate(day(received), tentative=False)


def test_due_without_a_calendar_is_the_plain_week_and_tentative():
    assert calculate_due_date(FRIDAY, 1) == DueDate(dt.date(2026, 2, 16), tentative=True)
    assert calculate_due_date(FRIDAY, 0) == DueDate(FRIDAY, tentative=True)


# Stops ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stops", "last"),
    [
        ([], "12-01"),
        ([("11-25", "11-25")], "12-02"),
        ([("11-25", "11-27")], "12-04"),
        ([("11-28", "11-29")], "12-01"),  # a weekend holds nothing up
        ([("11-27", "11-30")], "12-03"),
        ([("11-25", "11-25"), ("11-27", "11-27")], "12-03"),
        ([("11-25", "11-27"), ("11-26", "11-30")], "12-07"),  # what overlaps counts once
        ([("11-24", "11-24")], "12-01"),  # the day itself never counted
        ([("11-01", "11-20")], "12-01"),
        ([("12-01", "12-01")], "12-02"),  # on the last day itself
        ([("12-02", "12-09")], "12-01"),  # over before it began
    ],
)
def test_stopped_clock_goes_on_with_the_day_after(calendar, stops, last):
    assert on("11-24", 5, *stops) == day(last)


def test_stop_over_a_festival_holds_up_only_its_working_days(calendar):
    assert on("02-13", 3, ("02-14", "02-24")) == day("02-27")


def test_nobody_can_say_while_a_stop_is_open(calendar):
    received = day("11-24")
    assert calculate_due_date(received, 5, [(day("11-25"), None)]) is None
    assert calculate_due_date(received, 5, [(day("11-25"), day("11-26")), (day("11-30"), None)]) is None


def test_due_behind_a_very_long_stop_is_still_found(calendar):
    assert calculate_due_date(dt.date(2025, 1, 2), 3, [(dt.date(2025, 1, 3), day("11-20"))]).on == day(
        "11-25"
    )


# The year that nobody has announced -------------------------------------------------------------------------


def test_due_that_leans_on_an_unannounced_year_is_tentative(calendar):
    assert calculate_due_date(day("12-30"), 1) == DueDate(day("12-31"), tentative=False)
    assert calculate_due_date(day("12-30"), 2).tentative
    assert calculate_due_date(day("12-31"), 1).on.year == 2027


def test_due_hears_of_the_notice_once_it_is_out(calendar):
    before = calculate_due_date(day("12-31"), 5)
    CalendarYear.objects.filter(year=2027).update(notice="typed by staff", confirmed_on=day("11-20"))
    CalendarDay.objects.filter(date=before.on).delete()
    CalendarDay.objects.create(date=before.on, name_zh="放假")
    after = calculate_due_date(day("12-31"), 5)
    assert (before.tentative, after.tentative) == (True, False)
    assert after.on > before.on


def test_due_takes_two_queries_for_any_length(calendar, django_assert_num_queries):
    for workdays, stops in ((1, []), (60, [(FRIDAY, day("06-30"))])):
        with django_assert_num_queries(2):
            calculate_due_date(FRIDAY, workdays, stops)


def test_due_agrees_with_counting_by_hand(calendar):
    """The same by another way: all days in a row, the working ones that no stop holds, the n-th of them."""
    worked = set(CalendarDay.objects.make_up_workdays().values_list("date", flat=True))
    off = set(CalendarDay.objects.holidays().values_list("date", flat=True))
    dice = random.Random(20260213)
    for _ in range(60):
        received = dt.date(2024, 1, 1) + dt.timedelta(days=dice.randrange(700))
        workdays = dice.randrange(1, 60)
        starts = [received + dt.timedelta(days=dice.randrange(-10, 60)) for _ in range(dice.randrange(4))]
        stops = [(first, first + dt.timedelta(days=dice.randrange(40))) for first in starts]
        days = (received + n * ONE_DAY for n in range(1, 700))
        counted = [
            date
            for date in days
            if (date in worked or (date.isoweekday() <= 5 and date not in off))
            and not any(first <= date <= last for first, last in stops)
        ]
        assert calculate_due_date(received, workdays, stops).on == counted[workdays - 1], (
            received,
            workdays,
            stops,
        )
