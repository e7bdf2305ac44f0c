"""The forms of the actions on a booking."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate, make_aware, now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.backoffice.row_actions import RowForm, text_field
from circle.booking.days import parse_day
from circle.calendar.legal_parameters import rule_in_force
from circle.identifiers.public_codes import parse_uuids
from eldercare.actions.assigning import crew_key
from eldercare.actions.checks import CHECK_LIMITS, PLAUSIBLE, Measured
from eldercare.actions.outcomes import OUTCOME_LENGTH
from eldercare.actions.wishes import wishes_of
from eldercare.backoffice.candidates import Candidate, candidates
from eldercare.forms import CONDITION, yes_no_field
from eldercare.models import CareSlot
from eldercare.models.service_records import WHY_LENGTH


class AgreeForm(RowForm):
    day = forms.CharField(
        label=_("The day that you agreed on"),
        required=False,
        widget=forms.DateInput(attrs={"id": "day", "type": "date", "required": True}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["day"] = self.row.day.isoformat() if self.row.day else ""

    def clean(self) -> dict[str, Any]:
        """None where the date does not exist, such as 2026-02-30: the action refuses that."""
        return {"day": parse_day(self.cleaned_data["day"])}


class MoveForm(RowForm):
    """Of what was booked a time, shown by a template of its own; of a request the day."""

    slot = forms.CharField(required=False)
    day = forms.CharField(
        label=_("The day that you agreed on"),
        required=False,
        widget=forms.DateInput(attrs={"id": "day", "type": "date", "required": True}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["day" if self.row.slot_id else "slot"]

    def clean(self) -> dict[str, Any]:
        """Refuses: slot_missing. A date that does not exist is none, which the action refuses."""
        if not self.row.slot_id:
            return {"day": parse_day(self.cleaned_data["day"])}
        slots = CareSlot.objects.select_related("kind")
        slot = slots.filter(code__in=parse_uuids(self.cleaned_data["slot"])).first()
        if slot is None:
            raise ValidationError(gettext("Choose a time."), code="slot_missing")
        return {"slot": slot}


class AssignForm(RowForm):
    """The second carer is asked for only where two people give the care, and may be named later."""

    worker = forms.CharField(
        label=_("Who goes"),
        required=False,
        widget=forms.Select(attrs={"id": "worker", "required": True}),
    )
    assistant = forms.CharField(
        label=_("Second carer"), required=False, widget=forms.Select(attrs={"id": "assistant"})
    )
    despite_wish = forms.BooleanField(
        label=_("The elder knows that their wish is not met, and agrees"), required=False
    )
    known = forms.CharField(required=False, widget=forms.HiddenInput)  # whom the page shows as assigned

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = candidates(self.row)
        able = [each for each in found if not each.obstacle]
        self.team = {str(each.user.pk): each.user for each in found}  # why not, the action says
        shown = [(str(each.user.pk), f"{each.user} · {each.reason}") for each in able]
        leads = {str(each.user.pk) for each in able if each.may_lead}
        self.fields["worker"].widget.choices = [choice for choice in shown if choice[0] in leads]
        self.fields["worker"].help_text = unable_words(found)
        crew = {"worker": self.row.assigned_to_id, "assistant": self.row.assistant_id}
        self.initial.update(crew, known=crew_key(self.row))
        if self.row.crew_size == 1:
            del self.fields["assistant"]
        else:
            nobody = ("", _("not known yet"))
            self.fields["assistant"].widget.choices = [nobody, *shown]
        if not wishes_of(self.row):
            del self.fields["despite_wish"]

    def clean(self) -> dict[str, Any]:
        """Refuses: worker_missing."""
        chosen = self.cleaned_data
        second = chosen.get("assistant", "")
        if chosen["worker"] not in self.team or (second and second not in self.team):
            raise ValidationError(gettext("Choose who is to go."), code="worker_missing")
        return {
            "worker": self.team[chosen["worker"]],
            "assistant": self.team.get(second),
            "despite_wish": chosen.get("despite_wish", False),
            "known": self.data.get("known"),
        }


def unable_words(found: list[Candidate]) -> str:
    words = [f"{each.user}: {each.obstacle}" for each in found if each.obstacle]
    return gettext("Cannot go: %(people)s") % {"people": " · ".join(words)} if words else ""


class HomeForm(RowForm):
    """A time of today."""

    time = forms.TimeField(
        label=_("Home by"), widget=forms.TimeInput(attrs={"id": "time", "type": "time", "required": True})
    )

    def clean(self) -> dict[str, Any]:
        """Without a time it is now, which the action refuses."""
        time = self.cleaned_data.get("time")
        return {"home_by": make_aware(dt.datetime.combine(localdate(), time)) if time else now()}


class CloseForm(RowForm):
    """When it ended, within a day after it began, and why it is entered afterwards."""

    time = forms.TimeField(
        label=_("Ended at"), widget=forms.TimeInput(attrs={"id": "time", "type": "time", "required": True})
    )
    reason = text_field("reason", _("Reason"), WHY_LENGTH)

    def clean(self) -> dict[str, Any]:
        """Without a time it is the beginning of all time, which the action refuses."""
        said = self.cleaned_data
        time, day, began_at = said.get("time"), self.row.day, self.row.began_at
        ended_at = make_aware(dt.datetime.combine(day, time or dt.time()))
        if time and began_at and ended_at < began_at.replace(second=0, microsecond=0):
            ended_at += dt.timedelta(days=1)  # it lasted beyond midnight
        return {"ended_at": ended_at, "reason": said.get("reason", "")}


class OutcomeForm(RowForm):
    outcome = text_field("outcome", _("What you found"), OUTCOME_LENGTH)


def number_field(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, widget=forms.NumberInput(attrs={"inputmode": "decimal"}))


class MeasureForm(RowForm):
    """The conditions of the day, and the values where the kind asks for them."""

    systolic = number_field(_("Upper blood pressure, mmHg"))
    diastolic = number_field(_("Lower blood pressure, mmHg"))
    pulse = number_field(_("Pulse, beats per minute"))
    temperature = forms.DecimalField(label=_("Temperature, °C"), max_digits=3, decimal_places=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conditions = self.row.kind.day_conditions
        for question in self.conditions:
            self.fields[f"{CONDITION}{question.code}"] = yes_no_field(question)
        if self.row.kind.needs_check:
            self.add_limits()
        else:
            for name in PLAUSIBLE:
                del self.fields[name]

    def add_limits(self) -> None:
        try:
            rule = rule_in_force(CHECK_LIMITS, on=localdate())
        except ValidationError:  # the action says so
            return
        for name, (low, high) in rule.params.items():
            limits = {"low": low, "high": high}
            self.fields[name].help_text = (
                gettext("Limits: %(low)s to %(high)s.")
                if rule.is_verified
                else gettext("Limits: %(low)s to %(high)s (unverified).")
            ) % limits

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        held = [each.code for each in self.conditions if given.get(f"{CONDITION}{each.code}") == "yes"]
        values = {name: given[name] for name in PLAUSIBLE if name in given}
        measured = Measured(**values) if len(values) == len(PLAUSIBLE) else None
        return {"conditions": held, "measured": measured}
