"""The wishes of an application that waits: up to three classes, and the days between which it begins."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from childcare.forms.fields import ClassField, offer_classes
from childcare.models import Application, NurseryClass
from childcare.models.classes import NurseryClassQuerySet
from childcare.models.wishes import MOST_WISHES, wishes_of
from circle.forms.dates import DayField


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
    start_on = DayField(
        label=_("First day wanted"),
        error_messages={
            "required": _("Enter the first day."),
        },
    )

    start_by = DayField(
        label=_("At the latest from"),
        help_text=_(
            "Empty where any later day is right. A place that begins after it is not offered to you."
        ),
        required=False,
    )

    def __init__(self, *args: Any, row: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        classes = NurseryClass.objects.public(row.community).open()
        wishes = [group.code for group in wishes_of(row)]
        for number in range(2, min(MOST_WISHES, classes.count()) + 1):
            self.fields[f"wish_{number}"] = further_field(classes, number)
            self.initial[f"wish_{number}"] = wishes[number - 1] if len(wishes) >= number else None
        self.order_fields(["nursery_class", "wish_2", "wish_3", "start_on", "start_by"])
        offer_classes(self, classes)
        first = wishes[0] if wishes else None
        self.initial.update(nursery_class=first, start_on=row.start_on, start_by=row.start_by)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        names = [name for name in self.fields if name.startswith("wish_")]
        said["further"] = [group for name in names if (group := said.pop(name, None))]
        return said


def further_field(classes: NurseryClassQuerySet, number: int) -> ClassField:
    """A list, whose label says which wish it is; the help stands at the second one."""
    text = _("You wait in the line of each. Whoever takes a later wish stays in line for the higher ones.")
    found = ClassField(
        classes,
        label=_("Wish %(number)s, if you have one") % {"number": number},
        help_text=text if number == 2 else "",
        to_field_name="code",
        required=False,
        empty_label="–",
        error_messages={"invalid_choice": _("This class takes no children at the moment.")},
    )
    found.offer_classes(classes)
    return found
