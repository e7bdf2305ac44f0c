from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circle.actions import add_guardian, end_guardianship
from circle.admin.verbs import PersonForm, Verb, VerbForm
from circle.models import Guardianship, Resident


class GuardianForm(PersonForm):
    rank = forms.IntegerField(
        label=_("Whom to reach first"), min_value=1, max_value=9, initial=1, help_text=_("1 comes first.")
    )


class EndForm(VerbForm):
    guardianship = forms.ModelChoiceField(Guardianship.objects.none(), label=_("Guardian"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = self.resident.guardianships.filter(ended_at=None).select_related("adult")
        self.fields["guardianship"].queryset = found
        self.fields["guardianship"].label_from_instance = lambda row: row.adult.name


def add(request: HttpRequest, resident: Resident, said: dict[str, Any]) -> None:
    add_guardian(child=resident, adult=said["person"], rank=said["rank"], at=timezone.now(), by=request.user)


def end(request: HttpRequest, resident: Resident, said: dict[str, Any]) -> None:
    end_guardianship(guardianship=said["guardianship"], at=timezone.now(), by=request.user)


def is_young(resident: Resident) -> bool:
    young = Resident.objects.filter(pk=resident.pk)
    return not resident.died_on and (resident.born_on is None or young.minors().exists())


ADD_GUARDIAN = Verb(
    name="guardian",
    title=_("Enter a guardian"),
    button=_("Keep the guardian"),
    form=GuardianForm,
    act=add,
    suits=is_young,
    done=_("The guardian is kept."),
)
END_GUARDIAN = Verb(
    name="guardian-end",
    title=_("End a guardianship"),
    button=_("End it"),
    form=EndForm,
    act=end,
    suits=lambda resident: resident.guardianships.filter(ended_at=None).exists(),
    done=_("The guardianship has ended."),
)
