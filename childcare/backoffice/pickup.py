"""What staff enter about who collects a child: adults without a phone, and whom a court has barred."""

import datetime as dt
from functools import partial
from typing import Any

from django import forms
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from childcare import actions
from childcare.forms.days import WRONG_DAY
from childcare.forms.fields import DayInput
from childcare.models import Application, PickupPerson
from childcare.models.pickup import PAPER_LENGTH
from circle.actions import NAME_LENGTH
from circle.backoffice.row_actions import RowAction, RowForm, action_table, is_in, pass_row_as
from circle.models import User

Status = Application.Status
on_application = partial(pass_row_as, "application")


class CollectorForm(RowForm):
    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH)
    born_on = forms.DateField(label=_("Birthday"), widget=DayInput(), error_messages=WRONG_DAY)
    paper = forms.CharField(
        label=_("Paper seen"),
        help_text=_("Of the adult: an identity card, for example."),
        max_length=PAPER_LENGTH,
    )


class BarForm(RowForm):
    person = forms.ChoiceField(label=_("Who may not collect the child?"), widget=forms.RadioSelect)
    paper = forms.CharField(
        label=_("Paper seen"),
        help_text=_("The court's paper with its number. Without one nobody is barred."),
        max_length=PAPER_LENGTH,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [each for each in actions.collectors_of(self.row.child, now()) if each.person]
        self.fields["person"].choices = [  # type: ignore[attr-defined]
            (each.key, f"{each.name} · {each.basis}") for each in people
        ]


class EntryField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        state = _("may not collect the child") if obj.is_barred else _("may collect the child")
        return f"{obj.person.name} · {state} · {obj.paper}"


class PickupEndForm(RowForm):
    entry = EntryField(
        PickupPerson.objects.none(), label=_("Which entry ends?"), empty_label=None, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        entries = PickupPerson.objects.current().filter(child=self.row.child)
        self.fields["entry"].queryset = entries.select_related("person")  # type: ignore[attr-defined]


def end_entry(application: Application, *, entry: PickupPerson, at: dt.datetime, by: User) -> Application:
    actions.end_pickup_person(entry=entry, at=at, by=by)
    return application


PICKUP_ACTIONS = action_table(
    "childcare.change_application",
    RowAction(
        "collector",
        _("Adult who may collect"),
        on_application(actions.allow_collector),
        is_in(Status.ENROLLED),
        form=CollectorForm,
        sentence=_("A guardian wishes it and you have seen the adult's identity card. No phone is needed."),
    ),
    RowAction(
        "bar",
        _("May not collect"),
        on_application(actions.bar_collector),
        is_in(Status.ENROLLED),
        form=BarForm,
        sentence=_("Only on a court's paper that you have seen. Whoever they empowered is barred too."),
    ),
    RowAction(
        "pickup_end",
        _("End an entry"),
        end_entry,
        is_in(Status.ENROLLED),
        form=PickupEndForm,
        sentence=_("From now on this entry neither lets anybody collect nor bars them."),
    ),
)
