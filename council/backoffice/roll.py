"""The roll as one form with a line for each seat."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.calendar.working_days import SHANGHAI
from council import actions
from council.models import Attendance, Meeting, roll_entries
from council.models.meetings import LONGEST_SESSION


class TimeOfDay(forms.TimeField):
    """A time on the day of the meeting; becomes a moment."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(required=False, widget=widget, **kwargs)


def datetime_on_meeting_day(
    meeting: Meeting, time: dt.time | None, opened_at: dt.datetime | None = None
) -> dt.datetime | None:
    """In a session that goes on after midnight the early hours are those of the next day."""
    if time is None:
        return None
    moment = dt.datetime.combine(localtime(meeting.starts_at, SHANGHAI).date(), time, tzinfo=SHANGHAI)
    next_day, opened_at = moment + dt.timedelta(days=1), opened_at or meeting.opened_at
    if opened_at and moment < opened_at and next_day <= opened_at + LONGEST_SESSION:
        return next_day
    return moment


def time_of_day(moment: dt.datetime | None) -> dt.time | None:
    return localtime(moment, SHANGHAI).time() if moment else None


class MarkForm(forms.Form):
    """One seat of the roll; without a status it is not marked yet."""

    status = forms.ChoiceField(
        label=_("Status"), required=False, choices=[("", "–"), *Attendance.Status.choices]
    )
    arrived_at = TimeOfDay(label=_("came later, at"))
    left_at = TimeOfDay(label=_("left earlier, at"))

    def __init__(self, *args: Any, rest: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rest = rest

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        said["status"] = said.get("status") or self.rest
        if not said["status"] and (said.get("arrived_at") or said.get("left_at")):
            self.add_error("status", ValidationError(_("Choose: present or not."), code="mark_missing"))
        return said


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
    """A form for each seat, as the roll stands. With the button for the rest, seats without a mark get it."""
    rows, rest = [], Attendance.Status.PRESENT if data and data.get("rest") else ""
    for entry in roll_entries(meeting):
        initial = {
            "status": entry.status if entry.pk else "",
            "arrived_at": time_of_day(entry.arrived_at),
            "left_at": time_of_day(entry.left_at),
        }
        prefix = f"seat-{entry.membership_id}"
        rows.append(RollRow(entry, MarkForm(data, prefix=prefix, initial=initial, rest=rest)))
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
        if row.form.cleaned_data["status"]
    ]
