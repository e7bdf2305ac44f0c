"""What staff do with aids that are lent: reserve, hand out, extend, take back, write off."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.backoffice.bilingual import BilingualForm
from circle.backoffice.queues import Queue
from circle.backoffice.row_actions import (
    ReasonForm,
    RowAction,
    RowForm,
    action_table,
    is_in,
    pass_row_as,
)
from circle.forms.dates import DayField
from circle.models import Resident, User, Via, within_posts
from services import actions
from services.backoffice.case_forms import channel_choices
from services.backoffice.matter_queue import Found, MatterQueue
from services.models import AidLoan, AidStock
from services.models.loans import ADD, CHANGE, WORDS_LENGTH

Status = AidLoan.Status


class DueForm(RowForm):
    """Until when; the row is the loan."""

    due_on = DayField(label=_("to be back on"))

    def __init__(self, *args: Any, row: AidLoan, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.initial["due_on"] = max(row.due_on or localdate(), localdate()) + dt.timedelta(
            days=row.stock.days
        )


class BackForm(RowForm):
    is_usable = forms.BooleanField(label=_("It can be lent again"), required=False, initial=True)
    words = forms.CharField(label=_("In which state?"), max_length=WORDS_LENGTH, required=False)


class AskAidForm(RowForm):
    """Which aid, and how we were asked; the row is the resident."""

    stock = forms.ModelChoiceField(AidStock.objects.none(), label=_("which aid"))
    via = forms.ChoiceField(label=_("how they told us"), choices=channel_choices("phone", "window"))
    takes_it = forms.BooleanField(label=_("They take it along now"), required=False)
    due_on = DayField(
        label=_("to be back on"),
        required=False,
        help_text=_("Where they take it along now; without a day, for as long as it is usually lent."),
    )

    def __init__(self, *args: Any, row: Resident, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        field: Any = self.fields["stock"]
        field.queryset = AidStock.objects.public(row.community).order_by("code")
        field.label_from_instance = lambda stock: (
            gettext("%(aid)s (%(left)s there)")
            % {
                "aid": stock.name,
                "left": stock.left,
            }
        )


class AidStockForm(BilingualForm):
    """Saved whole, so the row stays locked from here on: nobody takes one meanwhile."""

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.instance.pk:
            return said
        fresh = AidStock.objects.select_for_update(no_key=True).get(pk=self.instance.pk)
        self.instance.taken = fresh.taken
        if said.get("capacity") is not None and said["capacity"] < fresh.taken:
            refusal = ValidationError(
                _("%(taken)s are lent or reserved."), code="places_taken", params={"taken": fresh.taken}
            )
            self.add_error("capacity", refusal)
        return said


def ask_for_aid(
    row: Resident, *, stock: AidStock, via: str, takes_it: bool, due_on: dt.date | None, **said: Any
) -> AidLoan:
    asked: dict[str, Any] = {"stock": stock, "resident": row, "via": via, **said}
    if not takes_it:
        return actions.reserve_aid(**asked)
    usual = localdate(said["at"]) + dt.timedelta(days=stock.days)
    return actions.lend_aid(**asked, due_on=due_on or usual)


LEND = RowAction(
    "lend",
    _("Lend or reserve an aid"),
    ask_for_aid,
    permission=ADD,
    form=AskAidForm,
    sentence=_("Look at the identity card of who fetches it, and set the aid up with them."),
)

LOAN_ACTIONS = action_table(
    CHANGE,
    RowAction(
        "hand_out",
        _("Hand it out"),
        pass_row_as("loan", actions.hand_out_aid),
        is_in(Status.RESERVED),
        form=DueForm,
        sentence=_("Look at the identity card of who fetches it, and set the aid up with them."),
    ),
    RowAction(
        "return",
        _("It is back"),
        pass_row_as("loan", actions.return_aid),
        is_in(Status.LENT, Status.LOST),
        form=BackForm,
        sentence=_("Look whether it is whole, and clean it. What cannot be lent again leaves the stock."),
    ),
    RowAction(
        "extend",
        _("Lend it longer"),
        pass_row_as("loan", actions.extend_loan),
        is_in(Status.LENT),
        form=DueForm,
    ),
    RowAction(
        "cancel",
        _("Cancel at their wish"),
        pass_row_as("loan", actions.cancel_loan, via=Via.PHONE),
        is_in(Status.RESERVED),
    ),
    RowAction(
        "lose",
        _("It is lost"),
        pass_row_as("loan", actions.lose_aid),
        is_in(Status.LENT),
        form=ReasonForm,
        sentence=_("There is one less to lend, until it is found."),
    ),
)


def waiting_loans(user: User) -> QuerySet[AidLoan]:
    """What is kept for somebody, and what should be back."""
    late = Q(due_on__lt=localdate(), status=Status.LENT)
    return AidLoan.objects.filter(within_posts(user, CHANGE)).filter(Q(status=Status.RESERVED) | late)


def loan_queues(found: Found) -> list[Queue]:
    url, states = reverse("admin:services_aidloan_changelist"), [status for status, _day in found]
    reserved, late = states.count(Status.RESERVED), states.count(Status.LENT)
    return [
        Queue(gettext("Aids: kept for somebody"), reserved, f"{url}?status__exact=reserved"),
        Queue(gettext("Aids: should be back"), late, f"{url}?late=1", urgent_if_any=True),
    ]


OF_LOANS = MatterQueue(CHANGE, waiting_loans, "fetch_by", loan_queues)
