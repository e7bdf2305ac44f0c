"""Day care at the desk: the agreement, arrival and leaving."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.backoffice.row_actions import RowAction, RowForm, action_table, pass_row_as
from circle.calendar.opening_hours import clock_text
from circle.forms.dates import DayField
from circle.models import Resident
from eldercare import actions
from eldercare.models import CareBooking, CareKind, DayAgreement, DayStay
from eldercare.models.day_care import AGREEMENT_CHANGE

ALONE = "-"


def stay_of(booking: CareBooking) -> DayStay | None:
    """Without a query where it was loaded with the booking."""
    return getattr(booking, "stay", None)


def stay_words(booking: CareBooking) -> str:
    """When the elder came and left, and with whom."""
    stay = stay_of(booking)
    if stay is None:
        return "–"
    came = gettext("came at %(time)s") % {"time": clock_text(localtime(stay.came_at))}
    if stay.left_at is None:
        return came
    left = gettext("left at %(time)s") % {"time": clock_text(localtime(stay.left_at))}
    return " · ".join([came, left, stay.left_with or gettext("alone")])


class LeaveForm(RowForm):
    """One of those whom the agreement names."""

    left_with = forms.ChoiceField(label=_("Who collects?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, row: CareBooking, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        signed = DayAgreement.objects.in_force(localdate()).filter(kind=row.kind_id, resident=row.resident_id)
        found = signed.first()
        choices = [(name, name) for name in (found.collectors if found else [])]
        if found and found.may_leave_alone:
            choices.append((ALONE, gettext("leaves alone")))
        field: Any = self.fields["left_with"]
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        chosen = self.cleaned_data.get("left_with", "")
        return {"left_with": "" if chosen == ALONE else chosen}


class CollectorsForm(RowForm):
    names = forms.CharField(
        label=_("Who may collect"),
        help_text=_("One person in each line, such as: daughter Wang Fang."),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    may_leave_alone = forms.BooleanField(label=_("The elder may leave alone"), required=False)

    def __init__(self, *args: Any, row: Any, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        if isinstance(row, DayAgreement):
            self.initial["names"] = "\n".join(row.collectors)
            self.initial["may_leave_alone"] = row.may_leave_alone

    def clean(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        said["collectors"] = said.pop("names", "").splitlines()
        return said


class SignForm(CollectorsForm):
    """What stands on the paper; the row is the resident."""

    kind = forms.ModelChoiceField(CareKind.objects.none(), label=_("kind of care"), empty_label=None)
    signed_on = DayField(label=_("Signed on"))
    until = DayField(label=_("Until"), help_text=_("May stay empty."), required=False)
    field_order = ["kind", "signed_on", "until", "names", "may_leave_alone"]

    def __init__(self, *args: Any, row: Resident, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        field: Any = self.fields["kind"]
        field.queryset = CareKind.objects.filter(community=row.community_id, needs_agreement=True)
        self.initial["signed_on"] = localdate()


SIGN = RowAction(
    "sign",
    _("Agreement on day care"),
    pass_row_as("resident", actions.sign_agreement),
    permission=AGREEMENT_CHANGE,
    form=SignForm,
    sentence=_("Enter what was signed on paper; the paper stays in the folder."),
)


def is_live(row: DayAgreement, at: dt.datetime) -> bool:
    return row.is_live


AGREEMENT_ACTIONS = action_table(
    AGREEMENT_CHANGE,
    RowAction(
        "collectors",
        _("Change who may collect"),
        pass_row_as("agreement", actions.change_collectors),
        is_live,
        form=CollectorsForm,
    ),
    RowAction(
        "end",
        _("End the agreement"),
        pass_row_as("agreement", actions.end_agreement),
        is_live,
        sentence=_("No further day is booked under it. Days that are booked stay: cancel them if need be."),
    ),
)
