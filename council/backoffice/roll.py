"""The roll as one form with a line for each seat."""

import datetime as dt
from collections.abc import Iterable, Mapping
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

BACK, AGAIN = "back_at_", "left_again_"


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

    def __init__(
        self, data: Any, *, prefix: str, meeting: Meeting, entry: Attendance, rest: str = ""
    ) -> None:
        initial = mark_initial(entry) if is_marked(meeting, entry) else {"status": ""}
        super().__init__(data, prefix=prefix, initial=initial)
        self.rest = rest
        self.returns = len(entry.returns) + 1  # one more to fill in
        self.fields |= return_fields(self.returns)

    @property
    def further(self) -> list[Any]:
        """The fields of the stays after the first one."""
        return self.visible_fields()[3:]

    @property
    def has_returned(self) -> bool:
        return any(field.value() for field in self.further)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        said["status"] = said.get("status") or self.rest
        if not said["status"] and any(value for name, value in said.items() if name != "status"):
            self.add_error("status", ValidationError(_("Choose: present or not."), code="mark_missing"))
        return said


def return_fields(count: int) -> dict[str, forms.Field]:
    """For somebody who left and came back, so many times."""
    fields: dict[str, forms.Field] = {}
    for number in range(1, count + 1):
        fields[f"{BACK}{number}"] = TimeOfDay(label=_("came back, at"))
        fields[f"{AGAIN}{number}"] = TimeOfDay(label=_("left again, at"))
    return fields


def is_marked(meeting: Meeting, entry: Attendance) -> bool:
    """Whether anybody has said so: seats of a meeting from paper stand on the roll before it is put down."""
    return bool(entry.pk) and not (meeting.is_from_paper and meeting.roll_revision == 0)


def mark_initial(entry: Attendance) -> dict[str, Any]:
    initial: dict[str, Any] = {
        "status": entry.status,
        "arrived_at": time_of_day(entry.arrived_at),
        "left_at": time_of_day(entry.left_at),
    }
    return initial | returns_initial(entry)


def returns_initial(entry: Attendance) -> dict[str, Any]:
    initial: dict[str, Any] = {}
    for number, (came, left) in enumerate(entry.returns, start=1):
        initial |= {f"{BACK}{number}": time_of_day(came), f"{AGAIN}{number}": time_of_day(left)}
    return initial


@dataclass(frozen=True)
class RollRow:
    entry: Attendance
    form: MarkForm

    @property
    def now(self) -> str:
        """As it is put down, with the times."""
        said = [
            (_("came later, at"), self.entry.arrived_at),
            (_("left earlier, at"), self.entry.left_at),
        ]
        for came, left in self.entry.returns:
            said += [(_("came back, at"), came), (_("left again, at"), left)]
        times = [f"{label} {localtime(time, SHANGHAI):%H:%M}" for label, time in said if time]
        return ", ".join([str(self.entry.get_status_display()), *times]) if self.entry.pk else "–"


def roll_rows(meeting: Meeting, data: Any = None) -> list[RollRow]:
    """A form for each seat, as the roll stands. With the button for the rest, seats without a mark get it."""
    rest = Attendance.Status.PRESENT if data and data.get("rest") else ""
    return [
        RollRow(
            entry,
            MarkForm(data, prefix=f"seat-{entry.membership_id}", meeting=meeting, entry=entry, rest=rest),
        )
        for entry in roll_entries(meeting)
    ]


def marks_of(meeting: Meeting, rows: Iterable[RollRow]) -> list[actions.Mark]:
    return [mark_of(meeting, row) for row in rows if row.form.cleaned_data["status"]]


def mark_of(meeting: Meeting, row: RollRow) -> actions.Mark:
    return typed_mark(meeting, row.entry, row.form.cleaned_data)


def typed_mark(meeting: Meeting, entry: Attendance, said: Mapping[str, Any]) -> actions.Mark:
    """What a line of a form says: there or not, and every coming and going in its order."""

    def moment(name: str) -> Any:
        return datetime_on_meeting_day(meeting, said[name])

    numbers = sorted(int(name.removeprefix(BACK)) for name in said if name.startswith(BACK))
    pairs = [(moment(f"{BACK}{number}"), moment(f"{AGAIN}{number}")) for number in numbers]
    return actions.Mark(
        entry.membership_id,
        said["status"],
        moment("arrived_at"),
        moment("left_at"),
        [pair for pair in pairs if any(pair)],
    )
