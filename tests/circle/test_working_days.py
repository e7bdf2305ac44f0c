import datetime as dt
from dataclasses import dataclass
from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import translation

from circle.calendar.opening_hours import Timetable, opening_at
from circle.calendar.working_days import SHANGHAI, Calendar, Day
from circle.models.calendar import CalendarYear
from circle.models.calendar_days import CalendarDay

pytestmark = pytest.mark.django_db

# The State Council's arrangement for 2026, typed from the notice: first and last day off of each festival …
DAYS_OFF_2026 = [
    ("01-01", "01-03"),
    ("02-15", "02-23"),
    ("04-04", "04-06"),
    ("05-01", "05-05"),
    ("06-19", "06-21"),
    ("09-25", "09-27"),
    ("10-01", "10-07"),
]
# … and the Saturdays and Sundays that are worked for them.
WORKED_WEEKENDS_2026 = ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]


@dataclass
class Row:
    weekday: int
    opens: dt.time
    closes: dt.time


def seed(**years: int) -> str:
    out = StringIO()
    call_command("seed_calendar", **years, stdout=out)
    return out.getvalue()


def year_of_days(year: int) -> list[dt.date]:
    first = dt.date(year, 1, 1)
    return [first + dt.timedelta(days=n) for n in range((dt.date(year + 1, 1, 1) - first).days)]


def off_in_2026(date: dt.date) -> bool:
    return any(first <= f"{date:%m-%d}" <= last for first, last in DAYS_OFF_2026)


def worked_in_2026(date: dt.date) -> bool:
    if f"{date:%m-%d}" in WORKED_WEEKENDS_2026:
        return True
    return date.isoweekday() <= 5 and not off_in_2026(date)


def test_the_typed_notice_has_its_own_totals():
    days = year_of_days(2026)
    assert len(days) == 365
    assert sum(map(off_in_2026, days)) == 33
    assert all(dt.date.fromisoformat(f"2026-{day}").isoweekday() > 5 for day in WORKED_WEEKENDS_2026)


def test_seed_agrees_with_the_notice_on_every_day_of_2026():
    seed()
    calendar = Calendar.load(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    seeded = [calendar.day(date) for date in year_of_days(2026)]
    assert {day.date for day in seeded if day.is_holiday} == set(filter(off_in_2026, year_of_days(2026)))
    assert {day.date for day in seeded if day.is_workday} == set(filter(worked_in_2026, year_of_days(2026)))
    assert not any(day.tentative for day in seeded)


def test_seed_agrees_with_the_totals_of_the_2025_notice():
    seed()
    days = CalendarDay.objects.between(dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    assert days.holidays().count() == 28
    assert [f"{day.date:%m-%d}" for day in days.make_up_workdays()] == [
        "01-26",
        "02-08",
        "04-27",
        "09-28",
        "10-11",
    ]


def test_hall_is_open_on_exactly_the_worked_hours_of_2026():
    seed()
    calendar = Calendar.load(dt.date(2025, 12, 31), dt.date(2027, 1, 14))
    spans = [(dt.time(9), dt.time(12)), (dt.time(13), dt.time(17))]
    hall = Timetable([Row(day, *span) for day in range(5) for span in spans], follows_workdays=True)
    expected_on_a_workday = {
        dt.time(8, 59): False,
        dt.time(9): True,
        dt.time(12): False,
        dt.time(12, 30): False,
        dt.time(13): True,
        dt.time(17): False,
    }
    wrong = [
        (date, time)
        for date in year_of_days(2026)
        for time, is_open in expected_on_a_workday.items()
        if opening_at(hall, calendar, dt.datetime.combine(date, time, SHANGHAI)).is_open
        != (is_open and worked_in_2026(date))
    ]
    assert wrong == []


def test_seed_names_the_notice_of_each_confirmed_year():
    seed()
    confirmed = CalendarYear.objects.confirmed().order_by("year")
    assert list(confirmed.values_list("year", "confirmed_on")) == [
        (2024, dt.date(2023, 10, 25)),
        (2025, dt.date(2024, 11, 12)),
        (2026, dt.date(2025, 11, 4)),
    ]
    assert confirmed.last().notice == "国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号）"


def test_seed_leaves_2027_tentative_and_without_make_up_days():
    seed()
    assert CalendarYear.objects.get(year=2027).confirmed_on is None
    days = CalendarDay.objects.between(dt.date(2027, 1, 1), dt.date(2027, 12, 31))
    assert days.make_up_workdays().count() == 0
    assert days.holidays().filter(date=dt.date(2027, 2, 6)).exists()
    calendar = Calendar.load(dt.date(2026, 12, 31), dt.date(2027, 2, 28))
    assert not calendar.day(dt.date(2026, 12, 31)).tentative
    assert calendar.day(dt.date(2027, 1, 4)) == Day(dt.date(2027, 1, 4), is_workday=True, tentative=True)
    eve = calendar.day(dt.date(2027, 2, 5))
    assert (eve.is_holiday, eve.is_workday, eve.tentative) == (True, False, True)


def test_seed_names_days_in_both_languages():
    seed()
    with translation.override("zh-hans"):
        calendar = Calendar.load(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
        assert calendar.day(dt.date(2026, 10, 7)).name == "国庆节"
        assert calendar.day(dt.date(2026, 10, 10)).name == "调休上班"
        assert calendar.day(dt.date(2026, 6, 20)).name == "端午节"
    with translation.override("en"):
        calendar = Calendar.load(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
        assert calendar.day(dt.date(2026, 10, 7)).name == "National Day"
        assert calendar.day(dt.date(2026, 10, 10)).name == "Make-up working day"
        assert calendar.day(dt.date(2026, 6, 22)).name == ""


def test_seed_twice_adds_nothing():
    seed()
    before = list(CalendarDay.objects.values()), list(CalendarYear.objects.values())
    assert "2026: confirmed, 0 days added, 39 unchanged" in seed().splitlines()
    assert (list(CalendarDay.objects.values()), list(CalendarYear.objects.values())) == before


def test_seed_keeps_what_staff_changed_and_says_so():
    CalendarYear.objects.create(year=2027, notice="typed by staff", confirmed_on=dt.date(2026, 11, 20))
    CalendarDay.objects.create(date=dt.date(2027, 2, 9), is_workday=True, is_holiday=False, name_zh="补班")
    out = seed()
    kept = CalendarDay.objects.get(date=dt.date(2027, 2, 9))
    assert (kept.is_workday, kept.name_zh) == (True, "补班")
    assert CalendarYear.objects.get(year=2027).notice == "typed by staff"
    assert "2027: 2027-02-09 补班 differs from the source, left unchanged" in out.splitlines()


def test_seed_takes_only_the_years_asked_for():
    seed(first=2026, last=2026)
    assert list(CalendarYear.objects.values_list("year", flat=True)) == [2026]
    assert CalendarDay.objects.exclude(date__year=2026).count() == 0


def test_seed_refuses_years_in_the_wrong_order():
    with pytest.raises(CommandError):
        seed(first=2027, last=2026)


def test_load_asks_two_queries_for_any_range(django_assert_num_queries):
    seed()
    with django_assert_num_queries(2):
        calendar = Calendar.load(dt.date(2024, 1, 1), dt.date(2027, 12, 31))
        assert sum(calendar.is_workday(date) for date in year_of_days(2026)) == 248


def test_a_year_nobody_entered_is_the_plain_week_and_tentative():
    calendar = Calendar.load(dt.date(2031, 5, 1), dt.date(2031, 5, 31))
    assert calendar.day(dt.date(2031, 5, 1)) == Day(dt.date(2031, 5, 1), is_workday=True, tentative=True)
    assert not calendar.is_workday(dt.date(2031, 5, 3))


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        ("09-30", 1, "10-08"),
        ("09-30", 2, "10-09"),
        ("09-30", 3, "10-10"),
        ("09-30", 4, "10-12"),
        ("10-03", 1, "10-08"),
        ("09-18", 1, "09-20"),
        ("09-24", 4, "10-08"),
        ("02-13", 2, "02-24"),
        ("10-03", 0, "10-03"),
    ],
)
def test_add_workdays_skips_holidays_and_counts_make_up_days(start, n, due):
    seed()
    calendar = Calendar.load(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert calendar.add_workdays(dt.date.fromisoformat(f"2026-{start}"), n) == dt.date.fromisoformat(
        f"2026-{due}"
    )


def test_calendar_refuses_days_outside_the_loaded_range():
    calendar = Calendar.load(dt.date(2026, 9, 1), dt.date(2026, 9, 30))
    for beyond in (dt.date(2026, 8, 31), dt.date(2026, 10, 1)):
        with pytest.raises(LookupError):
            calendar.day(beyond)
    with pytest.raises(LookupError):
        calendar.add_workdays(dt.date(2026, 9, 29), 2)
    with pytest.raises(LookupError):
        calendar.add_workdays(dt.date(2026, 9, 29), -1)


def test_load_leaves_out_days_outside_the_range():
    seed()
    calendar = Calendar.load(dt.date(2026, 10, 1), dt.date(2026, 10, 7))
    assert sorted(calendar.special) == [dt.date(2026, 10, day) for day in range(1, 8)]


@pytest.mark.parametrize("both", [True, False])
def test_a_day_is_either_worked_or_a_holiday(both):
    day = CalendarDay(date=dt.date(2026, 3, 2), is_workday=both, is_holiday=both, name_zh="周一")
    with pytest.raises(ValidationError):
        day.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        day.save()


def test_a_day_and_a_year_stand_in_the_calendar_once():
    CalendarDay.objects.create(date=dt.date(2026, 10, 1), name_zh="国庆节")
    CalendarYear.objects.create(year=2026)
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarDay.objects.create(date=dt.date(2026, 10, 1), name_zh="国庆节")
    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarYear.objects.create(year=2026)


def test_a_confirmed_year_names_its_notice():
    with pytest.raises(ValidationError):
        CalendarYear(year=2027, confirmed_on=dt.date(2026, 11, 20)).full_clean()


def test_days_and_years_read_as_what_they_are():
    with translation.override("en"):
        day = CalendarDay(date=dt.date(2026, 10, 1), name_zh="国庆节", name_en="National Day")
        assert str(day) == "2026-10-01 National Day"
    assert str(CalendarYear(year=2026)) == "2026"
