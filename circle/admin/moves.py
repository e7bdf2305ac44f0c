from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from circle.actions import move_in, move_out
from circle.admin.verbs import Verb, VerbForm
from circle.models import Building, Household, Resident


class MoveOutForm(VerbForm):
    on = forms.DateField(label=_("On which day?"), widget=forms.DateInput(attrs={"type": "date"}))


class MoveInForm(MoveOutForm):
    building = forms.ModelChoiceField(Building.objects.none(), label=_("Building"))
    household = forms.ModelChoiceField(Household.objects.none(), label=_("Household"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = self.resident.community_id
        self.fields["building"].queryset = Building.objects.filter(community=here)
        self.fields["household"].queryset = Household.objects.filter(community=here).select_related(
            "building"
        )


def move(request: HttpRequest, resident: Resident, said: dict[str, Any]) -> None:
    move_in(
        resident=resident,
        building=said["building"],
        household=said["household"],
        on=said["on"],
        at=timezone.now(),
        by=request.user,
    )


def leave(request: HttpRequest, resident: Resident, said: dict[str, Any]) -> None:
    move_out(resident=resident, on=said["on"], at=timezone.now(), by=request.user)


MOVE_IN = Verb(
    name="move-in",
    title=_("Moves in here, or to another door"),
    button=_("Keep the move"),
    form=MoveInForm,
    act=move,
    done=_("The move is kept."),
)
MOVE_OUT = Verb(
    name="move-out",
    title=_("Moves away"),
    button=_("Keep the move"),
    form=MoveOutForm,
    act=leave,
    suits=lambda resident: not resident.died_on and resident.building_id is not None,
    done=_("The move is kept."),
)
