"""What the forms of an application stand on: the base of its tasks, and the fields they share."""

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from childcare.models import Application, NurseryClass
from childcare.models.classes import NurseryClassQuerySet
from circle.models import User

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


class KnownChildField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(_("%(name)s, born on %(day)s") % {"name": obj.name, "day": date_format(obj.born_on)})


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
