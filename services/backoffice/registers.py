"""What staff do with special registers: enter a resident, confirm, bring up to date, take off."""

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.backoffice.queues import Queue
from circle.backoffice.row_actions import (
    REASON_LENGTH,
    ReasonForm,
    RowAction,
    RowForm,
    action_table,
    is_in,
    pass_row_as,
    text_field,
)
from circle.models import Community, Resident, User, Via, within_posts
from services import actions
from services.backoffice.matter_queue import Found, MatterQueue
from services.models import Flow, RegisterEntry, ServiceItem
from services.models.registers import ADD, CONFIDENTIAL, LIVE, NEEDS_LENGTH, TOLD_BY_LENGTH

Status = RegisterEntry.Status
CHANNELS = [choice for choice in Via.choices if choice[0] in (Via.PHONE, Via.WINDOW, Via.DOOR)]


def registers_for(user: User, community: Community | int) -> "list[ServiceItem]":
    """The items with a register that this login may enter people in."""
    items = ServiceItem.objects.filter(community=community, flow=Flow.REGISTER)
    handled = ServiceItem.objects.filter(within_posts(user, CONFIDENTIAL)).values("pk")
    return list(items.exclude(is_confidential=True) | items.filter(pk__in=handled))


class EnterForm(RowForm):
    """Which register, who told us, and what is needed; the row is the resident."""

    item = forms.ModelChoiceField(ServiceItem.objects.none(), label=_("which register"))
    told_by = forms.CharField(
        label=_("who told us"),
        max_length=TOLD_BY_LENGTH,
        help_text=_("Themselves, a daughter, a neighbour: with a phone number where it is another."),
    )
    via = forms.ChoiceField(label=_("how they told us"), choices=CHANNELS)
    needs = text_field("needs", _("what is needed, what was agreed"), NEEDS_LENGTH)
    age_reason = forms.CharField(
        label=_("why outside the ages"),
        max_length=REASON_LENGTH,
        required=False,
        help_text=_("Only where the person is not of the age that the register is meant for."),
    )

    def __init__(self, *args: Any, row: Resident, user: User, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        field: Any = self.fields["item"]
        offered = [item.pk for item in registers_for(user, row.community_id)]
        field.queryset = ServiceItem.objects.filter(pk__in=offered)


class NeedsForm(RowForm):
    """`read` is the text that the page showed: where another desk has written one since, both are shown."""

    needs = text_field("needs", _("what is needed, what was agreed"), NEEDS_LENGTH)
    read = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: RegisterEntry, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.initial["needs"] = self.initial["read"] = row.needs

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(field, error)
        if getattr(error, "code", "") == "changed_meanwhile":  # the text of the other desk is read now
            said: Any = self.data
            said = said.copy()
            said["read"] = self.row.needs
            self.data = said


ENTER = RowAction(
    "enter",
    _("Enter in a special register"),
    pass_row_as("resident", actions.enter_in_register),
    permission=ADD,
    form=EnterForm,
    sentence=_("We phone back within the promised time to confirm it."),
)

ENTRY_ACTIONS = action_table(
    "services.change_registerentry",
    RowAction(
        "confirm",
        _("Confirm after the call back"),
        pass_row_as("entry", actions.confirm_entry),
        is_in(Status.NOTED),
        form=NeedsForm,
        sentence=_("Check the flat, the phone and whom to call in an emergency."),
    ),
    RowAction(
        "revise",
        _("Change what is needed"),
        pass_row_as("entry", actions.revise_entry),
        is_in(Status.LISTED),
        form=NeedsForm,
    ),
    RowAction(
        "end",
        _("Take off the register"),
        pass_row_as("entry", actions.end_entry),
        is_in(*LIVE),
        form=ReasonForm,
    ),
)


def register_queues(found: Found) -> list[Queue]:
    """Whom we promised to phone back."""
    late = any(day < localdate() for _status, day in found)
    url = reverse("admin:services_registerentry_changelist")
    label = gettext("Special registers: to be confirmed by phone")
    return [Queue(label, len(found), f"{url}?status__exact=noted", is_late=late)]


OF_REGISTERS = MatterQueue(
    "services.change_registerentry",
    lambda user: RegisterEntry.objects.for_user(user).to_confirm(),
    "confirm_by",
    register_queues,
)
