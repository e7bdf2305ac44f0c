"""Opening hours as OpenStreetMap writes them, as far as the rows of a place can say the same.

Days and spans of days, several spans a day, nights past midnight, 24/7, public holidays with hours of
their own or off. Seasons, dates, school holidays, sunrise, comments, open ends and alternatives are refused
by name.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from circle.models import OpeningHours

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
HOLIDAY = int(OpeningHours.Day.HOLIDAY)
SHUT = ("off", "closed")
NOT_OURS = {
    r"\"": "“…”",
    r"\|\|": "||",
    r"sunrise|sunset|dawn|dusk": "sunrise, sunset",
    r"\b(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|easter)\b": "Jan–Dec",
    r"\bweek\b": "week",
    r"\bsh\b": "SH",
    r"\[": "Mo[1]",
    r"\b(19|20)\d\d\b(?!:)": "2026",
    r"\+": "+",
    r"unknown|open\b": "open, unknown",
}
_DAY = "(?:mo|tu|we|th|fr|sa|su|ph)"
_RULE = re.compile(rf"(?P<days>{_DAY}(?:\s*[-,]\s*{_DAY})*)?\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL)
_SPAN = re.compile(r"(\d{1,2}):(\d\d)\s*[-–]\s*(\d{1,2}):(\d\d)")
_NEXT_RULE = re.compile(rf";|(?<=\d),(?=\s*{_DAY}\b)", re.IGNORECASE)

Spans = list[tuple[int, int]]  # minutes of the day, the second up to 24 hours later


class UnreadableHoursError(Exception):
    """`said` names what our rows cannot say, or what is written wrongly."""

    def __init__(self, said: str, *, is_ours: bool = True) -> None:
        super().__init__(said)
        self.said, self.is_ours = said, is_ours


@dataclass(frozen=True)
class WeekHours:
    rows: tuple[tuple[int, dt.time, dt.time], ...]  # weekday, opens, closes
    follows_workdays: bool = False


def read_osm_hours(text: str) -> WeekHours:
    """Refuses (UnreadableHoursError): what is not in OSM's way, and what the rows of a place cannot say."""
    for pattern, name in NOT_OURS.items():
        if re.search(pattern, text, re.IGNORECASE):
            raise UnreadableHoursError(name, is_ours=False)
    week: dict[int, Spans] = {}
    is_off_on_holidays = False
    for days, spans, adds in rules_of(text):
        is_off_on_holidays |= HOLIDAY in days and not spans
        for day in days:
            week[day] = week.get(day, []) + spans if adds else spans
    rows = [row for day, spans in sorted(week.items()) for row in day_rows(day, spans)]
    if not rows:
        raise UnreadableHoursError(text, is_ours=False)
    return WeekHours(tuple(rows), follows_workdays=is_off_on_holidays and not week.get(HOLIDAY))


def rules_of(text: str) -> Iterator[tuple[list[int], Spans, bool]]:
    """Of each rule its days, its spans (none: shut), and whether it adds to earlier ones or replaces them."""
    start = 0
    adds = False
    ends = [(found.start(), found.group()) for found in _NEXT_RULE.finditer(text)] + [(len(text), ";")]
    for end, sign in ends:
        rule = text[start:end].strip()
        if rule:
            yield (*read_rule(rule), adds)
        start, adds = end + 1, sign == ","


def read_rule(rule: str) -> tuple[list[int], Spans]:
    if rule == "24/7":
        return list(range(7)), [(0, 24 * 60)]
    found = _RULE.fullmatch(rule)
    days = days_of(found["days"]) if found and found["days"] else list(range(7))
    rest = found["rest"].strip(" ,") if found else rule
    if rest.lower() in SHUT:
        return days, []
    return days, [read_span(part.strip()) for part in rest.split(",")]


def days_of(text: str) -> list[int]:
    days: list[int] = []
    for part in text.split(","):
        first, dash, last = (piece.strip().capitalize() for piece in part.partition("-"))
        if first.upper() == "PH" and not dash:
            days.append(HOLIDAY)
            continue
        if first not in DAYS or (dash and last not in DAYS):
            raise UnreadableHoursError(part.strip())
        start, end = DAYS.index(first), DAYS.index(last if dash else first)
        days += [day % 7 for day in range(start, end + 1 + (7 if end < start else 0))]
    return days


def read_span(text: str) -> tuple[int, int]:
    found = _SPAN.fullmatch(text)
    if not found:
        raise UnreadableHoursError(text)
    hour, minute, last_hour, last_minute = map(int, found.groups())
    start, end = hour * 60 + minute, last_hour * 60 + last_minute
    if max(minute, last_minute) > 59 or start >= 24 * 60 or end > 48 * 60:
        raise UnreadableHoursError(text)
    if end <= start:
        end += 24 * 60
    elif end > 24 * 60:
        _refuse_odd_night(text, start, end)
    if end - start > 24 * 60:
        raise UnreadableHoursError(text)
    return start, end


def _refuse_odd_night(text: str, start: int, end: int) -> None:
    """25:00 as the end of a night from the evening is 1:00; at the end of a day it is a slip."""
    if start < 12 * 60 or end > 32 * 60:
        raise UnreadableHoursError(text)


def day_rows(day: int, spans: Spans) -> Iterator[tuple[int, dt.time, dt.time]]:
    last = -1
    for start, end in sorted(spans):
        if start < last:
            raise UnreadableHoursError(f"{_clock(start)}-{_clock(end)}")
        last = end
        yield day, _time(start), _time(end)


def _time(minutes: int) -> dt.time:
    return dt.time(minutes // 60 % 24, minutes % 60)


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"


def hours_sentence(error: UnreadableHoursError) -> str:
    if error.is_ours:
        return _("“%(text)s” is no day or time that can be read.") % {"text": error.said}
    return _("“%(text)s” cannot be said in our opening hours.") % {"text": error.said}


def write_osm_hours(rows: Iterable[tuple[int, dt.time, dt.time]], *, follows_workdays: bool = False) -> str:
    """What read_osm_hours reads as the same; empty where no hours are registered."""
    week: dict[int, list[str]] = {}
    for day, opens, closes in sorted(rows):
        end = "24:00" if closes == dt.time.min else f"{closes:%H:%M}"
        week.setdefault(day, []).append(f"{opens:%H:%M}-{end}")
    if not week:
        return ""
    spans = {day: ",".join(parts) for day, parts in week.items()}
    if spans == dict.fromkeys(range(7), "00:00-24:00") and not follows_workdays:
        return "24/7"
    rules = [f"{days} {hours}" for days, hours in runs_of_days(spans)]
    if follows_workdays and HOLIDAY not in spans:
        rules.append("PH off")
    return "; ".join(rules)


def runs_of_days(spans: Mapping[int, str]) -> Iterator[tuple[str, str]]:
    """Neighbouring days with the same hours as one span of days; public holidays apart."""
    for hours, group in groupby(sorted(spans.items()), key=lambda day: (day[1], day[0] == HOLIDAY)):
        days = [day for day, _hours in group]
        runs: list[list[int]] = []
        for day in days:
            if runs and runs[-1][-1] == day - 1:
                runs[-1].append(day)
            else:
                runs.append([day])
        names = [*DAYS, "PH"]
        said = (f"{names[run[0]]}-{names[run[-1]]}" if len(run) > 1 else names[run[0]] for run in runs)
        yield ",".join(said), hours[0]
