"""Months of age, tried day by day around every kind of leap day."""

import datetime as dt
from calendar import isleap, monthrange

import pytest

from childcare.models.ages import months_old

ONE_DAY = dt.timedelta(days=1)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("born_on", "on", "months"),
    [
        ("2024-02-29", "2024-02-29", 0),
        ("2024-02-29", "2024-03-29", 0),
        ("2024-02-29", "2024-03-30", 1),
        ("2024-02-29", "2025-02-28", 11),
        ("2024-02-29", "2025-03-01", 12),
        ("2024-02-29", "2026-02-28", 23),
        ("2024-02-29", "2026-03-01", 24),
        ("2024-02-29", "2027-03-01", 36),
        ("2024-02-29", "2028-02-28", 47),
        ("2024-02-29", "2028-02-29", 47),
        ("2024-02-29", "2028-03-01", 48),
        ("2096-02-29", "2100-02-28", 47),  # 2100 is no leap year
        ("2096-02-29", "2100-03-01", 48),
        ("2025-06-15", "2026-06-15", 11),
        ("2025-06-15", "2026-06-16", 12),
        ("2025-01-31", "2025-02-28", 0),
        ("2025-01-31", "2025-03-01", 1),
        ("2025-02-28", "2028-02-28", 35),
        ("2025-02-28", "2028-02-29", 36),
        ("2025-12-31", "2026-12-31", 11),
        ("2025-12-31", "2027-01-01", 12),
        ("2026-11-24", "2026-11-23", 0),  # before it was born
    ],
)
def test_months_are_full_on_the_day_after(born_on, on, months):
    assert months_old(day(born_on), day(on)) == months


def births():
    """The days around leap days, month ends and the turn of the year; 2100 is no leap year."""
    for first, last in (
        ("2023-12-28", "2024-03-04"),
        ("2025-02-25", "2025-03-03"),
        ("2096-02-26", "2096-03-02"),
    ):
        found = day(first)
        while found <= day(last):
            yield found
            found += ONE_DAY


def test_age_grows_by_one_month_once_a_month_and_never_falls():
    for born_on in births():
        before, on = 0, born_on
        while on <= born_on + dt.timedelta(days=1200):
            now = months_old(born_on, on)
            assert now in (before, before + 1), (born_on, on)
            if now > before:
                eve = on - ONE_DAY  # the day of the same number, or the last one of its month
                assert eve.day == min(born_on.day, monthrange(eve.year, eve.month)[1]), (born_on, on)
            before, on = now, on + ONE_DAY
        assert before == 39, born_on


def test_whole_years_come_on_the_day_after_the_birthday_and_on_1_march_after_29_february():
    for born_on in births():
        for years in (1, 2, 3, 4):
            year = born_on.year + years
            is_gone = (born_on.month, born_on.day) == (2, 29) and not isleap(year)
            birthday = dt.date(year, 2, 28) if is_gone else born_on.replace(year=year)
            assert months_old(born_on, birthday) == 12 * years - 1
            assert months_old(born_on, birthday + ONE_DAY) == 12 * years
