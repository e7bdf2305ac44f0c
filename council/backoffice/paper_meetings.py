"""The form of a meeting that was held and written down on paper."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from circle.calendar.working_days import SHANGHAI
from circle.models import Facility, User, within_posts
from council.actions import PaperItem
from council.models import AgendaItem, Body

LINES = 12
ADD = "council.add_meeting"


class PaperMeetingForm(forms.Form):
    body = forms.ModelChoiceField(Body.objects.none(), label=_("Body"))
    place = forms.ModelChoiceField(Facility.objects.none(), label=_("Place"))
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    began = forms.TimeField(
        label=_("Session began at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ended = forms.TimeField(
        label=_("Session ended at"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        bodies = Body.objects.filter(within_posts(user, ADD))
        fields["body"].queryset = bodies
        fields["place"].queryset = Facility.objects.filter(community__in=bodies.values("community"))
        for number in range(1, LINES + 1):
            fields[f"title_{number}"] = forms.CharField(
                label=_("Item %(number)s") % {"number": number}, required=False, max_length=120
            )
            fields[f"kind_{number}"] = forms.ChoiceField(
                label=_("Kind of item %(number)s") % {"number": number},
                choices=AgendaItem.Kind,
                initial=AgendaItem.Kind.DELIBERATION,
                required=False,
            )

    @property
    def head_fields(self) -> list[Any]:
        return [self[name] for name in ("body", "place", "day", "began", "ended")]

    @property
    def lines(self) -> list[tuple[Any, Any]]:
        return [(self[f"title_{number}"], self[f"kind_{number}"]) for number in range(1, LINES + 1)]

    def clean(self) -> dict[str, Any]:
        """What the action takes."""
        said = super().clean() or self.cleaned_data
        if self.errors:
            return said
        items = [
            PaperItem(said[f"title_{number}"], said[f"kind_{number}"] or AgendaItem.Kind.DELIBERATION)
            for number in range(1, LINES + 1)
            if said[f"title_{number}"]
        ]
        if not items:
            raise ValidationError(_("The agenda has no item yet."), code="agenda_empty")
        began, ended = (
            dt.datetime.combine(said["day"], said[name], tzinfo=SHANGHAI) for name in ("began", "ended")
        )
        values = {"body": said["body"], "place": said["place"], "items": items}
        return values | {"starts_at": began, "ended_at": ended}
