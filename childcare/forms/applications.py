"""The four tasks of an application, each a form of its own: guardians see one a page, staff all on one."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from childcare import actions
from childcare.forms.child import ChildForm
from childcare.forms.fields import TaskForm
from childcare.forms.health import HealthForm
from childcare.models import Application, Paper
from circle.models import User
from circle.privacy.purposes import purpose_of


class GuardianForm(TaskForm):
    name = "guardian"
    title = _("The guardian")

    relation = forms.ChoiceField(
        label=_("What are you to the child?"),
        choices=Application.Relation.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say what you are to the child.")},
    )

    def initial_of(self, application: Application) -> dict[str, Any]:
        return {"relation": application.relation}

    def save(self, *, via: str, at: dt.datetime, by: User) -> Application:
        return actions.fill_guardian(application=self.application, via=via, at=at, by=by, **self.cleaned_data)


class DocumentsForm(TaskForm):
    name = "documents"
    title = _("The papers")

    ready = forms.MultipleChoiceField(
        label=_("Which originals can you show already?"),
        help_text=_("The others may follow. Nothing is uploaded: we look at the originals in the nursery."),
        choices=Paper.Kind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def initial_of(self, application: Application) -> dict[str, Any]:
        papers = application.papers.all() if application.pk else []
        return {"ready": [paper.kind for paper in papers if paper.is_ready]}

    def save(self, *, via: str, at: dt.datetime, by: User) -> Application:
        return actions.fill_documents(
            application=self.application, via=via, at=at, by=by, **self.cleaned_data
        )


TASKS: dict[str, type[TaskForm]] = {
    form.name: form for form in (ChildForm, GuardianForm, HealthForm, DocumentsForm)
}


class SubmitForm(forms.Form):
    """The last step: the guardian's consent, and the key that makes a double click harmless."""

    consent = forms.BooleanField(required=False)
    once = forms.CharField(widget=forms.HiddenInput, max_length=36)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["consent"].label = purpose_of(actions.APPLYING).consent
