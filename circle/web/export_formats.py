"""Formats for other programs: iCalendar, JSON, CSV, Atom. The rows come from the pages' querysets."""

import csv
import datetime as dt
import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils.feedgenerator import Atom1Feed
from icalendar import Calendar, Event

PRODUCT = "-//Quarter-Hour Circle//EN"
REFRESH = dt.timedelta(hours=12)
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
UNSEEN = "".join(
    chr(code)
    for code in range(0x10000)
    if unicodedata.category(chr(code)) in ("Zs", "Zl", "Zp", "Cf", "Cc") or chr(code) in "\u115f\u3164\u2800"
)


@dataclass(frozen=True)
class Appointment:
    """One calendar entry; a higher `sequence` replaces the entry of the same uid (RFC 5546).

    It begins and ends at a moment, or with a day; the day of the end is the one after it.
    """

    uid: str
    title: str
    starts_at: dt.datetime | dt.date
    ends_at: dt.datetime | dt.date
    place: str
    note: str
    changed_at: dt.datetime
    sequence: int
    is_cancelled: bool = False
    is_tentative: bool = False


def calendar_response(name: str, appointments: list[Appointment], *, title: str = "") -> HttpResponse:
    """An iCalendar file (RFC 5545); times in UTC, so that it needs no time zone definition.

    `title`: of one to subscribe to, which calendars then show and read again twice a day (RFC 7986).
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    if title:
        calendar.add("name", title)
        calendar.add("x-wr-calname", title)
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for each in appointments:
        event = Event()
        event.add("uid", each.uid)
        event.add("summary", each.title)
        event.add("dtstart", moment_or_day(each.starts_at))
        event.add("dtend", moment_or_day(each.ends_at))
        event.add("dtstamp", each.changed_at.astimezone(dt.UTC))
        event.add("sequence", each.sequence)
        event.add("location", each.place)
        event.add("description", each.note)
        event.add("status", status_of(each))
        calendar.add_component(event)
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


def moment_or_day(when: dt.datetime | dt.date) -> dt.datetime | dt.date:
    return when.astimezone(dt.UTC) if isinstance(when, dt.datetime) else when


def status_of(appointment: Appointment) -> str:
    if appointment.is_cancelled:
        return "CANCELLED"
    return "TENTATIVE" if appointment.is_tentative else "CONFIRMED"


def json_table_response(rows: Sequence[dict[str, Any]], **about: Any) -> JsonResponse:
    """The envelope of every table: `about` it, then its rows; null means not published."""
    page = {"about": about, "count": len(rows), "rows": rows}
    return JsonResponse(page, json_dumps_params={"ensure_ascii": False, "indent": 1})


def csv_response(name: str, table: Iterable[Iterable[Any]]) -> HttpResponse:
    """With a byte order mark, without which Excel misreads Chinese."""
    text = io.StringIO()
    csv.writer(text).writerows([escape_formula(cell) for cell in row] for row in table)
    response = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def escape_formula(cell: Any) -> Any:
    """Puts an apostrophe before a text that a spreadsheet would run as a formula.

    Also after what it does not show: blanks of any width and signs without one.
    """
    if not isinstance(cell, str):
        return cell
    is_formula = cell.startswith(FORMULA_STARTS) or cell.lstrip(UNSEEN).startswith(FORMULA_STARTS)
    return f"'{cell}" if is_formula else cell


@dataclass(frozen=True)
class Entry:
    """One entry of a feed; `url` is absolute and permanent, and serves as the entry's id."""

    url: str
    title: str
    text: str
    published_at: dt.datetime
    updated_at: dt.datetime


def atom_response(
    *, title: str, author: str, url: str, feed_url: str, language: str, entries: list[Entry]
) -> HttpResponse:
    """An Atom feed (RFC 4287) in one language; all addresses absolute."""
    feed = Atom1Feed(
        title=title, link=url, description=None, language=language, feed_url=feed_url, author_name=author
    )
    for entry in entries:
        feed.add_item(
            title=entry.title,
            link=entry.url,
            description=entry.text,
            unique_id=entry.url,
            pubdate=entry.published_at,
            updateddate=entry.updated_at,
        )
    response = HttpResponse(content_type="application/atom+xml; charset=utf-8")
    feed.write(response, "utf-8")
    return response
