"""The form of a child's health answers."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from childcare import actions
from childcare.actions.filling import ANSWER_LENGTH
from childcare.forms.fields import YES_NO, TaskForm
from childcare.models import Application, Health
from circle.actions import has_consent
from circle.models import User
from circle.privacy.purposes import purpose_of


class HealthForm(TaskForm):
    name = "health"
    title = _("The child's health")

    has_allergies = forms.ChoiceField(
        label=_("Is there anything the child must not eat or touch?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say yes or no.")},
    )
    allergies = forms.CharField(
        label=_("If yes: what?"),
        required=False,
        max_length=ANSWER_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    takes_medicine = forms.ChoiceField(
        label=_("Is there an illness or a medicine we must know of?"),
        choices=YES_NO,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say yes or no.")},
    )
    medicine = forms.CharField(
        label=_("If yes: which?"),
        required=False,
        max_length=ANSWER_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    vaccinations = forms.ChoiceField(
        label=_("What does the vaccination book show?"),
        choices=Health.Vaccinations.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what the vaccination book shows.")},
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, application=application, **kwargs)
        if application.pk is None or not has_consent(
            actions.HEALTH, application.child or application.guardian, application.code
        ):
            self.fields["consents"] = forms.BooleanField(
                label=purpose_of(actions.HEALTH).consent,
                required=False,
            )

    def initial_of(self, application: Application) -> dict[str, Any]:
        health = application.health_or_none
        if health is None:
            return {}
        return {
            "has_allergies": "yes" if health.has_allergies else "no",
            "allergies": health.allergies,
            "takes_medicine": "yes" if health.takes_medicine else "no",
            "medicine": health.medicine,
            "vaccinations": health.vaccinations,
        }

    @property
    def answers(self) -> dict[str, Any]:
        """What was said, as the actions take it."""
        said = self.cleaned_data
        return {
            "has_allergies": said["has_allergies"] == "yes",
            "allergies": said["allergies"],
            "takes_medicine": said["takes_medicine"] == "yes",
            "medicine": said["medicine"],
            "vaccinations": said["vaccinations"],
            "consents": said.get("consents", False),
        }

    def save(self, *, via: str, at: dt.datetime, by: User) -> Application:
        return actions.fill_health(application=self.application, via=via, at=at, by=by, **self.answers)

    def correct(self, *, via: str, at: dt.datetime, by: User) -> Application:
        """Refuses: what `correct_health` refuses."""
        return actions.correct_health(application=self.application, via=via, at=at, by=by, **self.answers)
