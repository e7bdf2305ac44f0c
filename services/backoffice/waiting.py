"""What the desk does with a row of the waiting list: the table of actions."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from circle.backoffice.row_actions import RowAction, RowForm, action_table, is_in, pass_row_as
from circle.booking.waiting import WaitingStatus as Status
from circle.models import Facility, Resident, Via
from services import actions
from services.models import HallWaiting, ServiceItem


def is_answerable(row: HallWaiting, at: dt.datetime) -> bool:
    return row.status == Status.OFFERED and row.offer_until is not None and row.offer_until > at


WAITING_ACTIONS = action_table(
    "services.change_hallwaiting",
    RowAction(
        "accept",
        _("Take the place for them"),
        pass_row_as("row", actions.accept_offer, via=Via.PHONE),
        is_answerable,
        sentence=_("It becomes a booking, and the person gets its code."),
    ),
    RowAction(
        "decline",
        _("Decline at their wish"),
        pass_row_as("row", actions.decline_offer, via=Via.PHONE),
        is_in(Status.OFFERED),
        sentence=_("The place goes to the next in the line."),
    ),
    RowAction(
        "leave",
        _("Leave the line at their wish"),
        pass_row_as("row", actions.leave_line, via=Via.PHONE),
        is_in(Status.WAITING),
    ),
)


class DeskWaitForm(RowForm):
    """What a resident waits for, on which days and where; the row is the resident."""

    item = forms.ModelChoiceField(ServiceItem.objects.none(), label=_("service item"))
    first_day = forms.DateField(label=_("first day"), widget=forms.DateInput(attrs={"type": "date"}))
    last_day = forms.DateField(label=_("last day"), widget=forms.DateInput(attrs={"type": "date"}))
    facility = forms.ModelChoiceField(
        Facility.objects.none(), label=_("place"), required=False, empty_label=_("any place")
    )

    def __init__(self, *args: Any, row: Resident, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        fields: dict[str, Any] = self.fields
        items = ServiceItem.objects.filter(community=row.community_id).bookable()
        fields["item"].queryset = items.order_by("code")
        halls = Facility.objects.public().filter(counters__items__in=items, counters__is_active=True)
        fields["facility"].queryset = halls.distinct().order_by("code")


def join_for(row: Resident, **said: Any) -> HallWaiting:
    return actions.join_line(resident=row, via=Via.PHONE, **said)


JOIN = RowAction(
    "join",
    _("Wait for a place at the hall"),
    join_for,
    permission="services.add_booking",
    form=DeskWaitForm,
    sentence=_("Only while all the days are full. The person is told when a place becomes free."),
)
