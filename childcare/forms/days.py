"""An absence, a day's answers, who collects the child, and the last day: for families and for staff."""

from typing import Any

from django import forms
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from childcare.actions import Collector
from childcare.models import Application, ChildDay
from childcare.models.days import NOTE_LENGTH
from circle.forms.dates import DayField

# Of staff's fields, which have the browser's own picker.
WRONG_DAY = {
    "required": _("Enter a date such as 2026-11-23."),
    "invalid": _("Enter a date such as 2026-11-23."),
}


class AbsenceForm(forms.Form):
    first_day = DayField(
        label=_("First day away"), error_messages={"required": _("Enter the first day away.")}
    )
    last_day = DayField(label=_("Last day away"), error_messages={"required": _("Enter the last day away.")})
    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=ChildDay.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say why the child is absent.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(first_day=localdate(), last_day=localdate())


class DayForm(forms.Form):
    """Empty answers say nothing; the family reads what is there."""

    ate = forms.ChoiceField(label=_("Ate"), required=False)
    slept = forms.ChoiceField(label=_("Slept"), required=False)
    mood = forms.ChoiceField(label=_("Mood"), required=False)
    note = forms.CharField(
        label=_("A line about the day"),
        help_text=_("The family reads it. Nothing about other children."),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, child_day: ChildDay, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, answers in {"ate": ChildDay.Ate, "slept": ChildDay.Slept, "mood": ChildDay.Mood}.items():
            self.fields[name].choices = [("", "–"), *answers.choices]  # type: ignore[attr-defined]
        self.initial.update({name: getattr(child_day, name) for name in self.fields})


class CollectForm(forms.Form):
    collector = forms.ChoiceField(
        label=_("Who takes the child home?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say who collected the child.")},
    )

    def __init__(self, *args: Any, collectors: list[Collector], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["collector"].choices = [  # type: ignore[attr-defined]
            (each.key, " · ".join(str(part) for part in (each.name, each.basis, each.phone) if part))
            for each in collectors
        ]


class CloseForm(CollectForm):
    """Afterwards: somebody whom nobody may record on the day itself is named in the words."""

    left_at = forms.DateTimeField(
        label=_("When did the child go home?"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": _("Enter day and time."),
            "invalid": _("Enter day and time."),
        },
    )
    words = forms.CharField(
        label=_("What happened, in a few words"),
        help_text=_("The family reads it."),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        collector = self.fields["collector"]
        collector.required = False
        collector.choices = [*collector.choices, ("", _("somebody else, named below"))]  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    last_day = DayField(
        label=_("Last day in the nursery"),
        error_messages={"required": _("Enter the last day in the nursery.")},
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(last_day=application.last_day)
