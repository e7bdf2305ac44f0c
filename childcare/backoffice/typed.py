"""An application that staff type in for a guardian, on one page."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from childcare import actions
from childcare.forms.applications import TASKS
from childcare.forms.fields import TaskForm
from childcare.models import Application
from circle.models import User, Via


class TypedForm(forms.Form):
    """Below the four tasks: how the guardian came to us, and that they agree."""

    via = forms.ChoiceField(
        label=_("How they asked"),
        choices=[(Via.WINDOW, Via.WINDOW.label), (Via.PHONE, Via.PHONE.label)],
        widget=forms.RadioSelect,
    )
    consent = forms.MultipleChoiceField(
        label=_("Consent"),
        choices=[("yes", _("The guardian agrees that the nursery uses these answers for this application."))],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    once = forms.CharField(max_length=36, widget=forms.HiddenInput)


class WholeForm:
    """The four tasks on one page, saved and sent in together or not at all."""

    def __init__(self, data: Any, application: Application, *, key: str, with_health: bool) -> None:
        self.application = application
        self.tasks: list[TaskForm] = [
            form(data, application=application)
            for name, form in TASKS.items()
            if with_health or name != "health"
        ]
        self.last = TypedForm(data, initial={"via": Via.WINDOW, "once": key})

    @property
    def forms(self) -> Iterable[forms.Form]:
        return [*self.tasks, self.last]

    @property
    def is_wrong(self) -> bool:
        return any(form.errors for form in self.forms)

    def is_valid(self) -> bool:
        return all([form.is_valid() for form in self.forms])  # noqa: C419 - each shows its errors

    @transaction.atomic
    def save(self, *, at: dt.datetime, by: User) -> Application:
        """Begun where it is new, filled in, sent in. The refusal stands in the form that it belongs to.

        Refuses: what the actions refuse.
        """
        via = self.last.cleaned_data["via"]
        application = self.application
        form: forms.Form = self.last
        try:
            if application.pk is None:
                application = actions.start_application(guardian=application.guardian, via=via, at=at, by=by)
            for form in self.tasks:
                form.application = application
                form.save(via=via, at=at, by=by)
            form = self.last
            consents = bool(self.last.cleaned_data["consent"])
            return actions.submit_application(
                application=application, consents=consents, via=via, at=at, by=by
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
            raise
