"""How old a child is on a day: the only place where months are counted."""

import datetime as dt
from calendar import monthrange


def months_old(born_on: dt.date, on: dt.date) -> int:
    """Whole months of age on that day; 0 in the first month and before.

    The day of birth is not counted: a month is full when the day of the same number is over, or the last day
    of a month that has no such day (as the Civil Code counts periods, articles 201 and 202). So a child is a
    month older from the day after: born on 29 February 2024, twelve months old from 1 March 2025.
    """
    months = (on.year - born_on.year) * 12 + on.month - born_on.month
    same_day = min(born_on.day, monthrange(on.year, on.month)[1])
    return max(months - (on.day <= same_day), 0)


OF_AGE = 18 * 12  # Civil Code, article 17


def is_adult(born_on: dt.date, on: dt.date) -> bool:
    return months_old(born_on, on) >= OF_AGE


def first_day_of_age(born_on: dt.date, months: int) -> dt.date:
    """The first day on which a child of that birthday is so many whole months old."""
    year, month = divmod(born_on.year * 12 + born_on.month - 1 + months, 12)
    same_day = min(born_on.day, monthrange(year, month + 1)[1])
    return dt.date(year, month + 1, same_day) + dt.timedelta(days=1)
