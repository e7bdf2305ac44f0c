"""What staff do with repairs: report for somebody, pass on, phone back, cancel."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from circle.backoffice.queues import Queue
from circle.backoffice.row_actions import (
    ReasonForm,
    RowAction,
    RowForm,
    action_table,
    is_in,
    pass_row_as,
    text_field,
)
from circle.models import Firm, Resident, User, Via, within_posts
from services import actions
from services.backoffice.case_forms import channel_choices
from services.backoffice.matter_queue import Found, MatterQueue
from services.forms import photo_field
from services.models import Repair
from services.models.repairs import ADD, CHANGE, PLACE_LENGTH, WORDS_LENGTH

Status = Repair.Status


class ReportForm(RowForm):
    """What is broken; the row is the resident."""

    via = forms.ChoiceField(label=_("how they told us"), choices=channel_choices("phone", "window"))
    kind = forms.ChoiceField(label=_("what is broken"), choices=Repair.Kind.choices)
    place = forms.CharField(label=_("where"), max_length=PLACE_LENGTH)
    words = text_field("words", _("what happened, since when"), WORDS_LENGTH)
    photo = photo_field(_("A photo of it"), required=False)
    gives_phone = forms.BooleanField(label=_("the firm may ring them"), required=False)

    def __init__(self, *args: Any, row: Resident, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        self.initial["place"] = f"{row.building or ''} {row.household.door if row.household else ''}".strip()


class FirmForm(RowForm):
    firm = forms.ModelChoiceField(Firm.objects.none(), label=_("who mends it"))

    def __init__(self, *args: Any, row: Repair, **kwargs: Any) -> None:
        super().__init__(*args, row=row, **kwargs)
        field: Any = self.fields["firm"]
        field.queryset = Firm.objects.filter(community=row.community_id).order_by("name_zh")
        self.initial["firm"] = row.firm_id


def pass_on(row: Repair, *, firm: Firm, at: dt.datetime, by: User) -> dict[str, Any]:
    """The link is shown on this one page and never again."""
    link, token = actions.forward_repair(repair=row, firm=firm, at=at, by=by)
    address = reverse("repair_link", args=[row.code, token])
    return {"link": link, "address": address, "result": "admin/services/repair/_link.html"}


REPORT = RowAction(
    "report",
    _("Report a repair"),
    pass_row_as("resident", actions.report_repair),
    permission=ADD,
    form=ReportForm,
    sentence=_("A smell of gas: open the windows, touch no switch, go out; first ring the gas company."),
)

REPAIR_ACTIONS = action_table(
    CHANGE,
    RowAction(
        "forward",
        _("Pass it on"),
        pass_on,
        is_in(Status.REPORTED),
        form=FirmForm,
        sentence=_("You get a link for the firm, which needs no account. It is shown once."),
    ),
    RowAction(
        "confirm",
        _("Phoned back: it holds"),
        pass_row_as("repair", actions.confirm_repair),
        is_in(Status.DONE),
        sentence=_("Ask what was charged, and whether it holds."),
    ),
    RowAction(
        "again",
        _("Pass it on again"),
        pass_on,
        is_in(Status.FORWARDED, Status.DONE),
        form=FirmForm,
        sentence=_("It does not hold, or nobody came. The link before opens nothing any more."),
    ),
    RowAction(
        "cancel",
        _("Cancel it"),
        pass_row_as("repair", actions.cancel_repair, via=Via.PHONE),
        is_in(Status.REPORTED, Status.FORWARDED),
        form=ReasonForm,
    ),
)


def waiting_repairs(user: User) -> QuerySet[Repair]:
    """What has to be passed on today, and whom to phone back."""
    return Repair.objects.filter(within_posts(user, CHANGE), status__in=[Status.REPORTED, Status.DONE])


def repair_queues(found: Found) -> list[Queue]:
    url, states = reverse("admin:services_repair_changelist"), [status for status, _day in found]
    new, done = states.count(Status.REPORTED), states.count(Status.DONE)
    return [
        Queue(gettext("Repairs: to be passed on"), new, f"{url}?status__exact=reported", urgent_if_any=True),
        Queue(gettext("Repairs: to be phoned back"), done, f"{url}?status__exact=done"),
    ]


OF_REPAIRS = MatterQueue(CHANGE, waiting_repairs, TruncDate("status_at"), repair_queues)
