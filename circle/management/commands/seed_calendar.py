"""Fills the working calendar from the holidays package; rows entered or changed by staff stay unchanged."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone
from holidays import country_holidays

from circle.models.calendar import CalendarYear
from circle.models.calendar_days import CalendarDay
from circle.signals import timetable_changed

ONE_DAY = dt.timedelta(days=1)
# Year: the number and the date of the State Council's notice. A year without one is seeded as tentative.
NOTICES = {
    2024: ("国办发明电〔2023〕7号", dt.date(2023, 10, 25)),
    2025: ("国办发明电〔2024〕12号", dt.date(2024, 11, 12)),
    2026: ("国办发明电〔2025〕7号", dt.date(2025, 11, 4)),
}


class Command(BaseCommand):
    help = (
        "Fills the working calendar: public holidays and make-up working days. Never changes an existing row."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from",
            dest="first",
            type=int,
            default=2024,
            help="first year (default 2024)",
        )
        parser.add_argument("--to", dest="last", type=int, default=2027, help="last year (default 2027)")

    @transaction.atomic
    def handle(self, *args: Any, first: int, last: int, **options: Any) -> None:
        if first > last:
            raise CommandError(f"--from {first} lies after --to {last}")
        for year in range(first, last + 1):
            state = "confirmed" if _seed_year(year).confirmed_on else "tentative"
            days = _days(year)
            known = {
                row.date: row
                for row in CalendarDay.objects.between(dt.date(year, 1, 1), dt.date(year, 12, 31))
            }
            CalendarDay.objects.bulk_create(day for day in days if day.date not in known)
            new = sum(day.date not in known for day in days)
            self.stdout.write(f"{year}: {state}, {new} days added, {len(known)} unchanged")
            for day in days:
                if day.date in known and known[day.date].is_workday != day.is_workday:
                    self.stdout.write(f"{year}: {known[day.date]} differs from the source, left unchanged")
        timetable_changed.send(sender=CalendarDay, facility=None, at=timezone.now())


def _seed_year(year: int) -> CalendarYear:
    number, published_on = NOTICES.get(year, ("", None))
    notice = f"国务院办公厅关于{year}年部分节假日安排的通知（{number}）" if number else ""
    return CalendarYear.objects.get_or_create(
        year=year, defaults={"notice": notice, "confirmed_on": published_on}
    )[0]


def _days(year: int) -> list[CalendarDay]:
    zh = country_holidays("CN", years=year, language="zh_CN")
    workdays = sorted(date for date in zh.weekend_workdays if date.year == year)
    off = set(zh)
    if year in NOTICES:
        off |= _weekends_within(off, workdays)
        source = f"国务院办公厅{year}年放假安排"
    else:
        # The law fixes the festivals; only the notice names the weekends joined to them.
        source = f"法定节日推算，{year}年放假安排尚未公布"
    names = _festivals(year)
    days = []
    for date in sorted(off):
        name_zh, name_en = names[min(names, key=lambda festival: abs(festival - date))]
        days.append(CalendarDay(date=date, name_zh=name_zh, name_en=name_en, source=source))
    make_up = {
        "is_workday": True,
        "is_holiday": False,
        "name_zh": "调休上班",
        "name_en": "Make-up working day",
    }
    return days + [CalendarDay(date=date, source=source, **make_up) for date in workdays]


def _weekends_within(off: set[dt.date], workdays: Iterable[dt.date]) -> set[dt.date]:
    """Saturdays and Sundays next to a day off, which the notice counts and the package leaves out."""
    weekends: set[dt.date] = set()
    for date in off:
        for step in (ONE_DAY, -ONE_DAY):
            near = date + step
            while near.weekday() >= 5 and near.year == date.year and near not in workdays:
                weekends.add(near)
                near += step
    return weekends - off


def _festivals(year: int) -> dict[dt.date, tuple[str, str]]:
    """The statutory days with their names; other days off take the name of the nearest one."""
    zh, en = (
        country_holidays("CN", years=year, language=language, observed=False)
        for language in ("zh_CN", "en_US")
    )
    return {date: (zh[date], en[date]) for date in sorted(zh) if not zh[date].startswith("休息日")}
