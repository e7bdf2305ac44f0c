import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from circle.actions import add_guardian, end_guardianship
from circle.admin.resident_actions import PersonForm, is_alive
from circle.backoffice.row_actions import RowAction, RowForm
from circle.models import Guardianship, Resident


class GuardianForm(PersonForm):
    rank = forms.IntegerField(
        label=_("Whom to reach first"), min_value=1, max_value=9, initial=1, help_text=_("1 comes first.")
    )


class EndForm(RowForm):
    guardianship = forms.ModelChoiceField(Guardianship.objects.none(), label=_("Guardian"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = self.row.guardianships.filter(ended_at=None).select_related("adult")
        self.fields["guardianship"].queryset = found
        self.fields["guardianship"].label_from_instance = lambda row: row.adult.name


def add(resident: Resident, *, q: str, person: Resident, **more: Any) -> None:
    add_guardian(child=resident, adult=person, **more)


def end(resident: Resident, **said: Any) -> None:
    end_guardianship(**said)


def is_young(resident: Resident, at: dt.datetime) -> bool:
    young = Resident.objects.filter(pk=resident.pk)
    return is_alive(resident, at) and (resident.born_on is None or young.minors().exists())


ADD_GUARDIAN = RowAction(
    name="guardian",
    label=_("Enter a guardian"),
    button=_("Keep the guardian"),
    form=GuardianForm,
    perform=add,
    available=is_young,
    done=_("The guardian is kept."),
)
END_GUARDIAN = RowAction(
    name="guardian-end",
    label=_("End a guardianship"),
    button=_("End it"),
    form=EndForm,
    perform=end,
    available=lambda resident, at: resident.guardianships.filter(ended_at=None).exists(),
    done=_("The guardianship has ended."),
)
