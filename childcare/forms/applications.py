"""The four tasks of an application, each a form of its own: guardians see one a page, staff all on one."""

import datetime as dt
from typing import Any, ClassVar, Self

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from childcare import actions
from childcare.actions.filling import ANSWER_LENGTH
from childcare.models import Application, Health, NurseryClass, Paper
from childcare.models.classes import NurseryClassQuerySet
from circle.actions import NAME_LENGTH, has_consent
from circle.models import Resident, User
from circle.privacy.purposes import purpose_of

YES_NO = [("yes", _("yes, there is")), ("no", _("no, there is nothing"))]


class ClassField(forms.ModelChoiceField):
    """Buttons for the classes of one nursery; of several a list that names each one's nursery."""

    names_nursery = False

    def offer_classes(self, classes: NurseryClassQuerySet) -> None:
        self.queryset = classes
        self.names_nursery = classes.order_by().values("facility").distinct()[1:2].exists()
        if self.names_nursery:
            self.empty_label = "–"
            self.widget = forms.Select()
            self.widget.choices = self.choices
            self.widget.is_required = self.required

    def label_from_instance(self, obj: Any) -> str:
        label = self.class_label(obj)
        return f"{obj.facility.name} · {label}" if self.names_nursery else label

    def class_label(self, group: NurseryClass) -> str:
        return str(_("%(class)s: %(from)s to under %(below)s months") % group.words)


def offer_classes(form: forms.Form, classes: NurseryClassQuerySet) -> None:
    choice = form.fields["nursery_class"]
    assert isinstance(choice, ClassField)  # noqa: S101 - tells the type checker
    choice.offer_classes(classes)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TaskForm(forms.Form):
    """One task: its fields as the application has them, and the action that saves them."""

    name: ClassVar[str]
    title: ClassVar[Any]

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": self.initial_of(application)} | kwargs)
        self.application = application

    def initial_of(self, application: Application) -> dict[str, Any]:
        raise NotImplementedError

    def save(self, *, via: str, at: dt.datetime, by: User) -> Application:
        """Refuses: what the task's action refuses."""
        raise NotImplementedError


class KnownChildField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(_("%(name)s, born on %(day)s") % {"name": obj.name, "day": date_format(obj.born_on)})


class ChildForm(TaskForm):
    name = "child"
    title = _("The child and the class")

    child = KnownChildField(
        Resident.objects.none(),
        label=_("Which child?"),
        to_field_name="code",
        required=False,
        empty_label=_("a child that is not in this list"),
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("This child is not among those of the guardian.")},
    )
    child_name = forms.CharField(
        label=_("Child's name"),
        help_text=_("As it stands on the birth certificate."),
        max_length=NAME_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    child_born_on = forms.DateField(
        label=_("Birthday"),
        required=False,
        widget=DayInput(),
        error_messages={"invalid": _("Enter a date such as 2026-11-23.")},
    )
    is_another = forms.BooleanField(
        label=_("This is another child than the one in the list, born on the same day."), required=False
    )
    nursery_class = ClassField(
        NurseryClass.objects.none(),
        label=_("Which class?"),
        help_text=_("What counts is the age on the first day."),
        to_field_name="code",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Choose a class."),
            "invalid_choice": _("This class takes no children at the moment."),
        },
    )
    start_on = forms.DateField(
        label=_("First day wanted"),
        widget=DayInput(),
        error_messages={
            "required": _("Enter the first day."),
            "invalid": _("Enter a date such as 2026-11-23."),
        },
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, application=application, **kwargs)
        classes = NurseryClass.objects.public(application.community).open()
        if application.nursery_class:
            classes = classes.filter(facility=application.nursery_class.facility_id)
        offer_classes(self, classes)
        known = actions.children_of(application.guardian).exclude(born_on=None)
        if application.entered_child and application.child_id:  # it can still be corrected below
            known = known.exclude(pk=application.child_id)
        self.choices_of("child", known)
        if not known.exists():
            del self.fields["child"], self.fields["is_another"]

    def choices_of(self, name: str, rows: Any) -> None:
        choice = self.fields[name]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - tells the type checker
        choice.queryset = rows

    def clean(self) -> dict[str, Any]:
        """Without a child from the list, its name and birthday are needed."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not said.get("child") and "child" not in self.errors:
            if not said.get("child_name"):
                self.add_error("child_name", ValidationError(_("Enter the child's name."), code="required"))
            if not said.get("child_born_on") and "child_born_on" not in self.errors:
                wrong = ValidationError(_("Enter the child's birthday."), code="required")
                self.add_error("child_born_on", wrong)
        return said

    def initial_of(self, application: Application) -> dict[str, Any]:
        wanted, child = application.nursery_class, application.child
        entered = child if application.entered_child else None
        return {
            "child": child.code if child and not entered else None,
            "child_name": entered.name if entered else "",
            "child_born_on": entered.born_on if entered else None,
            "nursery_class": wanted.code if wanted else None,
            "start_on": application.start_on,
        }

    def save(self, *, via: str, at: dt.datetime, by: User) -> Application:
        return actions.fill_child(application=self.application, via=via, at=at, by=by, **self.cleaned_data)


class WishForm(forms.Form):
    """Class and first day of an application that waits."""

    nursery_class = ClassField(
        NurseryClass.objects.none(),
        label=_("Which class?"),
        help_text=_("What counts is the age on the first day."),
        to_field_name="code",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Choose a class."),
            "invalid_choice": _("This class takes no children at the moment."),
        },
    )
    start_on = forms.DateField(
        label=_("First day wanted"),
        widget=DayInput(),
        error_messages={
            "required": _("Enter the first day."),
            "invalid": _("Enter a date such as 2026-11-23."),
        },
    )

    def __init__(self, *args: Any, row: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_classes(self, NurseryClass.objects.public(row.community).open())
        wanted = row.nursery_class
        self.initial.update(nursery_class=wanted.code if wanted else None, start_on=row.start_on)


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


class StartForm(forms.Form):
    """For whom, where one may act for several guardians; who signs in for the first time gives a name."""

    guardian = forms.UUIDField(widget=forms.HiddenInput, required=False)
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("The guardian's, as it stands on the identity card."),
        max_length=NAME_LENGTH,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    nursery_class = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
    once = forms.CharField(widget=forms.HiddenInput, max_length=36)

    def __init__(self, *args: Any, needs_name: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs_name = needs_name

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if self.needs_name and not name:
            raise ValidationError(_("Enter your name."), code="name_missing")
        return name

    @classmethod
    def empty(cls, *, needs_name: bool, key: str, nursery_class: str) -> Self:
        return cls(needs_name=needs_name, initial={"once": key, "nursery_class": nursery_class})
