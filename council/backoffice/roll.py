"""The roll as one form with a line for each seat."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.calendar.working_days import SHANGHAI
from council import actions
from council.models import Attendance, Meeting, roll_entries


class TimeOfDay(forms.TimeField):
    """A time on the day of the meeting; becomes a moment."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(required=False, widget=widget, **kwargs)


def datetime_on_meeting_day(meeting: Meeting, time: dt.time | None) -> dt.datetime | None:
    if time is None:
        return None
    return dt.datetime.combine(localtime(meeting.starts_at, SHANGHAI).date(), time, tzinfo=SHANGHAI)


class MarkForm(forms.Form):
    """One seat of the roll."""

    status = forms.ChoiceField(label=_("Status"), choices=Attendance.Status.choices)
    arrived_at = TimeOfDay(label=_("came later, at"))
    left_at = TimeOfDay(label=_("left earlier, at"))


@dataclass(frozen=True)
class RollRow:
    entry: Attendance
    form: MarkForm

    @property
    def now(self) -> str:
        """As it is put down, with the times."""
        times = [
            f"{label} {localtime(time, SHANGHAI):%H:%M}"
            for label, time in (
                (_("came later, at"), self.entry.arrived_at),
                (_("left earlier, at"), self.entry.left_at),
            )
            if time
        ]
        return ", ".join([str(self.entry.get_status_display()), *times]) if self.entry.pk else "–"


def roll_rows(meeting: Meeting, data: Any = None) -> list[RollRow]:
    """A form for each seat, as the roll stands; who has no mark yet is proposed as present."""
    rows = []
    for entry in roll_entries(meeting):
        initial = {
            "status": entry.status if entry.pk else Attendance.Status.PRESENT,
            "arrived_at": entry.arrived_at and localtime(entry.arrived_at, SHANGHAI).time(),
            "left_at": entry.left_at and localtime(entry.left_at, SHANGHAI).time(),
        }
        rows.append(RollRow(entry, MarkForm(data, prefix=f"seat-{entry.membership_id}", initial=initial)))
    return rows


def marks_of(meeting: Meeting, rows: Iterable[RollRow]) -> list[actions.Mark]:
    return [
        actions.Mark(
            row.entry.membership_id,
            row.form.cleaned_data["status"],
            datetime_on_meeting_day(meeting, row.form.cleaned_data["arrived_at"]),
            datetime_on_meeting_day(meeting, row.form.cleaned_data["left_at"]),
        )
        for row in rows
    ]
