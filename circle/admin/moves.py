from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from circle.actions import move_in, move_out
from circle.admin.resident_actions import is_alive
from circle.backoffice.row_actions import RowAction, RowForm, pass_row_as
from circle.models import Building, Household


class MoveOutForm(RowForm):
    on = forms.DateField(label=_("On which day?"), widget=forms.DateInput(attrs={"type": "date"}))


class MoveInForm(MoveOutForm):
    building = forms.ModelChoiceField(Building.objects.none(), label=_("Building"))
    household = forms.ModelChoiceField(Household.objects.none(), label=_("Household"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = self.row.community_id
        self.fields["building"].queryset = Building.objects.filter(community=here)
        self.fields["household"].queryset = Household.objects.filter(community=here).select_related(
            "building"
        )


MOVE_IN = RowAction(
    name="move-in",
    label=_("Moves in here, or to another door"),
    button=_("Keep the move"),
    form=MoveInForm,
    perform=pass_row_as("resident", move_in),
    available=is_alive,
    done=_("The move is kept."),
)
MOVE_OUT = RowAction(
    name="move-out",
    label=_("Moves away"),
    button=_("Keep the move"),
    form=MoveOutForm,
    perform=pass_row_as("resident", move_out),
    available=lambda resident, at: is_alive(resident, at) and resident.building_id is not None,
    done=_("The move is kept."),
)
