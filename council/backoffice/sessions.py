"""When a session began and ended, as the secretary types it."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.timezone import localtime
from django.utils.timezone import now as current_time
from django.utils.translation import gettext_lazy as _

from circle.backoffice.row_actions import RowForm
from circle.calendar.working_days import SHANGHAI
from council.backoffice.roll import TimeOfDay, datetime_on_meeting_day, time_of_day
from council.models import Meeting

EMPTY = _("On the day of the meeting. Empty: now.")


def likely_time(meeting: Meeting, planned: dt.datetime) -> dt.time | None:
    """Now while the day lasts, afterwards as it was planned."""
    now = current_time()
    is_the_day = localtime(now, SHANGHAI).date() == localtime(meeting.starts_at, SHANGHAI).date()
    return time_of_day(now if is_the_day else planned)


class DayAndTime(forms.SplitDateTimeWidget):
    def __init__(self) -> None:
        super().__init__(
            date_attrs={"type": "date"},
            time_attrs={"type": "time"},
            date_format="%Y-%m-%d",
            time_format="%H:%M",
        )


class OpeningForm(RowForm):
    opened_at = TimeOfDay(label=_("Session began at"), help_text=EMPTY)

    def __init__(self, *args: Any, row: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, row=row, initial={"opened_at": likely_time(row, row.starts_at)}, **kwargs)

    def clean_opened_at(self) -> dt.datetime | None:
        return datetime_on_meeting_day(self.row, self.cleaned_data["opened_at"])


class EndForm(RowForm):
    ended_at = TimeOfDay(label=_("Session ended at"), help_text=EMPTY)

    def __init__(self, *args: Any, row: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, row=row, initial={"ended_at": likely_time(row, row.ends_at)}, **kwargs)

    def clean_ended_at(self) -> dt.datetime | None:
        return datetime_on_meeting_day(self.row, self.cleaned_data["ended_at"])


class SessionTimesForm(RowForm):
    """Carries the revision of the roll that it was filled in upon."""

    opened_at = TimeOfDay(label=_("Session began at"))
    ended_at = TimeOfDay(label=_("Session ended at"))
    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: Meeting, **kwargs: Any) -> None:
        times = {"opened_at": time_of_day(row.opened_at), "ended_at": time_of_day(row.ended_at)}
        super().__init__(*args, row=row, initial=times | {"seen": row.roll_revision}, **kwargs)
        if not row.ended_at:
            del self.fields["ended_at"]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        day = localtime(self.row.starts_at, SHANGHAI).date()
        opened = said.get("opened_at")
        opened_at = dt.datetime.combine(day, opened, tzinfo=SHANGHAI) if opened else None
        return {
            "opened_at": opened_at,
            "ended_at": datetime_on_meeting_day(self.row, said.get("ended_at"), opened_at),
            "seen": -1 if said.get("seen") is None else said["seen"],
        }


class AdjournmentForm(RowForm):
    """When the other meeting is; proposed a week later."""

    starts_at = forms.SplitDateTimeField(label=_("from"), widget=DayAndTime)
    ends_at = forms.SplitDateTimeField(label=_("until"), widget=DayAndTime)

    def __init__(self, *args: Any, row: Meeting, **kwargs: Any) -> None:
        week = dt.timedelta(days=7)
        times = {"starts_at": row.starts_at + week, "ends_at": row.ends_at + week}
        super().__init__(*args, row=row, initial=times, **kwargs)
        for field in self.fields.values():
            for part, words in zip(field.widget.widgets, (_("date"), _("time of day")), strict=True):
                part.attrs["aria-label"] = f"{field.label}: {words}"
