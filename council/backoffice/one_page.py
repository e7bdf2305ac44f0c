"""A session on one page: seats, items and waivers, each saved by itself as it is typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms

from council.backoffice.roll import datetime_on_meeting_day
from council.backoffice.session_lines import ItemForm, SeatForm, WaiverForm
from council.models import AgendaItem, Attendance, Meeting, Waiver, roll_entries

Line = SeatForm | WaiverForm | ItemForm


@dataclass
class SessionPage:
    """The forms of one page."""

    meeting: Meeting
    seats: list[SeatForm]
    items: list[ItemForm]
    waivers: list[WaiverForm]
    refused: Line | None = None  # the line that stopped all of them

    @property
    def lines(self) -> list[Line]:
        """In the order in which they are saved: who is there, what they may decide, what they did."""
        return [*self.seats, *self.waivers, *self.items]


def session_page(meeting: Meeting, entries: list[Attendance], data: Any = None) -> SessionPage:
    seats = [SeatForm(data, meeting=meeting, entry=entry) for entry in entries]
    items = [item_form(item, entries, data) for item in items_of(meeting)]
    return SessionPage(meeting, seats, items, waiver_forms(meeting, [form.item for form in items], data))


def session_line(meeting: Meeting, entries: list[Attendance], part: str, data: Any = None) -> Line | None:
    """The line of that prefix, for which no other line is read; None where there is none."""
    kind, _dash, number = part.partition("-")
    lines: list[Any] = []
    if kind == "seat":
        seats = [entry for entry in entries if str(entry.membership_id) == number]
        lines = [SeatForm(data, meeting=meeting, entry=entry) for entry in seats]
    elif kind == "item" and number.isdecimal() and len(number) < 10:
        lines = [item_form(item, entries, data) for item in items_of(meeting, pk=int(number))]
    elif kind == "waiver":
        lines = list(waiver_forms(meeting, items_of(meeting), data))
    return next((form for form in lines if form.prefix == part), None)


def items_of(meeting: Meeting, **only: int) -> list[AgendaItem]:
    """With what was decided."""
    rows = AgendaItem.objects.filter(meeting=meeting, **only).select_related("resolution").order_by("number")
    items = list(rows)
    for item in items:
        item.meeting = meeting
    return items


def item_form(item: AgendaItem, entries: list[Attendance], data: Any = None) -> ItemForm:
    return ItemForm(data, item=item, seats={entry.membership_id: entry.membership for entry in entries})


def gone_lines(page: SessionPage, data: Mapping[str, str]) -> set[str]:
    """Lines that the sent page had and that are gone: a seat that ended before the session was opened."""
    shown = {name.removesuffix("-was") for name in data if name.endswith("-was")}
    return shown - {line.prefix for line in page.lines}


def waiver_forms(meeting: Meeting, items: list[AgendaItem], data: Any) -> list[WaiverForm]:
    late: list[AgendaItem | None] = [None] if meeting.late_notice_reason else []
    late += [item for item in items if item.is_late]
    given = {row.item_id: row for row in Waiver.objects.filter(meeting=meeting)} if late else {}
    return [WaiverForm(data, item=item, waiver=given.get(item.pk if item else None)) for item in late]


def session_page_again(page: SessionPage) -> SessionPage:
    """After a refusal: what was typed, upon what stands there by now; lines left alone as they stand now."""
    data = page.seats[0].data if page.seats else None
    typed = session_page(page.meeting, roll_entries(page.meeting), data)
    fresh = session_page(page.meeting, roll_entries(page.meeting))

    def chosen(lines: list[Any], others: list[Any]) -> list[Any]:
        return [line if line.is_touched else other for line, other in zip(lines, others, strict=True)]

    seats, items = chosen(typed.seats, fresh.seats), chosen(typed.items, fresh.items)
    return SessionPage(page.meeting, seats, items, chosen(typed.waivers, fresh.waivers))


def typed_moment(meeting: Meeting, form: forms.Form, name: str) -> Any:
    return datetime_on_meeting_day(meeting, form.cleaned_data.get(name))
