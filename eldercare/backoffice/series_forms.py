"""The forms about a series, for its page and for the desk."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.backoffice.row_actions import RowForm
from circle.calendar.opening_hours import clock_text
from circle.calendar.working_days import SHANGHAI
from circle.forms.dates import DayField
from circle.models import Building
from eldercare.actions.answers import DOOR_LENGTH
from eldercare.actions.series_words import hour_text
from eldercare.models import CareSeries, CareSlot, SeriesPause
from eldercare.models.series import WEEKDAYS


class ByPerson(RowForm):
    """Of a series; on its page as at the desk."""


class PauseForm(ByPerson):
    starts_on = DayField(
        label=_("First day of the pause"), error_messages={"required": _("Say when the pause begins.")}
    )
    ends_on = DayField(
        label=_("Last day of the pause"),
        help_text=_("From the day after it comes again by itself."),
        error_messages={"required": _("Say when the pause ends.")},
    )


class ResumeForm(ByPerson):
    pause = forms.ModelChoiceField(
        SeriesPause.objects.none(), label=_("Which pause is over?"), empty_label=None
    )

    def __init__(self, *args: Any, row: CareSeries, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        field: Any = self.fields["pause"]
        field.queryset = row.pauses.filter(ends_on__gte=localdate())
        field.label_from_instance = pause_words


def pause_words(pause: SeriesPause) -> str:
    days = {"first": date_format(pause.starts_on, "MONTH_DAY_FORMAT")}
    days["last"] = date_format(pause.ends_on, "MONTH_DAY_FORMAT")
    return gettext("%(first)s to %(last)s") % days


class FromForm(ByPerson):
    """From which of the dates to come on."""

    from_day = forms.ChoiceField(label=_("From when on?"), required=False)

    def __init__(self, *args: Any, row: CareSeries, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        field: Any = self.fields["from_day"]
        coming = row.dates.filter(day__gte=localdate()).order_by("day").values_list("day", flat=True)
        days = [(day.isoformat(), date_format(day, "MONTH_DAY_FORMAT")) for day in coming]
        field.choices = [("", _("All that is to come")), *days]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        chosen = said.get("from_day")
        return said | {"from_day": dt.date.fromisoformat(chosen) if chosen else None}


class EndSeriesForm(FromForm):
    pass


class MoveSeriesForm(FromForm):
    """The weekly times of its kind; of a request the weekday alone."""

    when = forms.ChoiceField(label=_("Which weekday and time?"))
    field_order = ["when", "from_day"]

    def __init__(self, *args: Any, row: CareSeries, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        field: Any = self.fields["when"]
        field.choices = weekly_times(row) if row.starts else WEEKDAYS

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        weekday, _dash, starts = said.pop("when", "").partition("-")
        if not weekday:
            return said
        hour = dt.time.fromisoformat(starts) if starts else None
        return {**said, "weekday": int(weekday), "starts": hour}


def weekly_times(series: CareSeries) -> list[tuple[str, str]]:
    """On which weekdays and at what times it is given in the days that are laid out."""
    rows = CareSlot.objects.open().upcoming(now()).filter(kind=series.kind_id)
    starts = {each.astimezone(SHANGHAI) for each in rows.values_list("starts_at", flat=True)}
    found = sorted({(each.weekday(), each.time()) for each in starts})
    days = dict(WEEKDAYS)
    return [
        (f"{weekday}-{time.isoformat('minutes')}", f"{days[weekday]} {hour_text(time)}")
        for weekday, time in found
        if (weekday, time) != (series.weekday, series.starts)
    ]


class ExtendForm(ByPerson):
    last_day = DayField(
        label=_("Until which day?"),
        help_text=_("A year from today at most."),
        error_messages={"required": _("Say until when it goes on.")},
    )


class AddressForm(RowForm):
    building = forms.ModelChoiceField(Building.objects.none(), label=_("Building"))
    door = forms.CharField(label=_("Entrance and door"), max_length=DOOR_LENGTH)

    def __init__(self, *args: Any, row: CareSeries, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        field: Any = self.fields["building"]
        field.queryset = Building.objects.filter(community=row.community_id)
        self.initial["building"] = row.resident.building_id


class DateTimeForm(RowForm):
    """For a date that waits: a free time of these days, or of a request another day."""

    slot = forms.ChoiceField(label=_("Time"))
    day = DayField(label=_("Day"))

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        if not row.series.starts:
            del self.fields["slot"]
            self.initial["day"] = row.day
            return
        del self.fields["day"]
        free = CareSlot.objects.open().upcoming(now()).with_places_left().filter(kind=row.series.kind_id)
        field: Any = self.fields["slot"]
        self.free = {str(slot.code): slot for slot in free.select_related("kind").order_by("starts_at")}
        field.choices = [(code, slot_words(slot)) for code, slot in self.free.items()]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if "slot" not in self.fields:
            return {"day": said.get("day")}
        chosen = self.free.get(said.get("slot", ""))
        if chosen is None:
            raise ValidationError(gettext("Choose a time."), code="slot_missing")
        return {"slot": chosen}


def slot_words(slot: CareSlot) -> str:
    local = slot.starts_at.astimezone(SHANGHAI)
    return f"{date_format(local, 'MONTH_DAY_FORMAT')} {clock_text(local)}"
