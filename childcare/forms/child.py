"""The form about the child: one who is known, or a new one."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from childcare import actions
from childcare.forms.fields import ClassField, KnownChildField, TaskForm, offer_classes
from childcare.models import Application, NurseryClass
from circle.actions import NAME_LENGTH
from circle.forms.dates import DayField
from circle.models import Resident, User


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
    child_born_on = DayField(
        label=_("Birthday"),
        required=False,
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
    start_on = DayField(
        label=_("First day wanted"),
        error_messages={
            "required": _("Enter the first day."),
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
