import datetime as dt
from typing import Self

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from circle.models import Dimension, OpeningHours
from circle.proximity.nearby import Moment


class CircleForm(forms.Form):
    """The filters of a circle page; without any it shows everything in the circle now."""

    day = forms.TypedChoiceField(
        label=_("When"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("right now")), *OpeningHours.Day.choices[:7]],
    )
    hour = forms.TypedChoiceField(
        label=_("What time"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[(hour, f"{hour}:00") for hour in range(24)],
    )
    open = forms.BooleanField(label=_("only what is open then"), required=False)
    step_free = forms.BooleanField(label=_("only without steps"), required=False)
    dimension = forms.ChoiceField(required=False, choices=Dimension, widget=forms.HiddenInput)

    @classmethod
    def from_query(cls, address: QueryDict) -> Self:
        """From the query string; invalid values are ignored."""
        form = cls({"hour": "10"} | address.dict())
        form.is_valid()
        return form

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.get(name) not in (None, False) for name in ("day", "open", "step_free"))

    def narrowed(self) -> dict[str, bool]:
        said = self.cleaned_data
        return {"step_free": said.get("step_free", False), "only_open": said.get("open", False)}

    def moment(self, now: dt.datetime) -> Moment:
        """The next occurrence of the chosen weekday and hour, else now."""
        day, hour = self.cleaned_data.get("day"), self.cleaned_data.get("hour")
        if day is None or hour is None:
            return Moment(now)
        then = now.replace(hour=hour, minute=0, second=0, microsecond=0)
        then += dt.timedelta(days=(day - now.weekday()) % 7)
        return Moment(then if then >= now else then + dt.timedelta(days=7), is_chosen=True)
