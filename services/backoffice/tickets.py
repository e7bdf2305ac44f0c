"""What staff do with a ticket of today's list, apart from the window: the table of actions."""

import datetime as dt
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from circle.backoffice.row_actions import RowAction, action_table, available_actions, pass_row_as
from circle.models import Facility
from services import actions
from services.models import Ticket

Status = Ticket.Status


def is_of_today(ticket: Ticket, at: dt.datetime, *states: str) -> bool:
    return ticket.status in states and ticket.day == localdate(at)


TICKET_ACTIONS = action_table(
    "services.change_ticket",
    RowAction(
        "done",
        pgettext_lazy("ticket", "Done"),
        pass_row_as("ticket", actions.finish_ticket),
        lambda ticket, at: is_of_today(ticket, at, Status.WAITING, *Ticket.IN_HAND),
        asks=False,
    ),
    RowAction(
        "return",
        _("Back in the line"),
        pass_row_as("ticket", actions.return_ticket),
        lambda ticket, at: is_of_today(ticket, at, Status.SKIPPED, Status.PARKED),
        asks=False,
    ),
    RowAction(
        "leave",
        _("Left"),
        pass_row_as("ticket", actions.give_up_ticket),
        lambda ticket, at: is_of_today(ticket, at, Status.WAITING, Status.SKIPPED, Status.PARKED),
        asks=False,
    ),
)


def arrivals(facility: Facility, day: dt.date, at: dt.datetime) -> list[Ticket]:
    """Of that day in the order of arrival, each with its `verbs`; one query."""
    rows = Ticket.objects.of_day(facility, day).exclude(status=Status.WITHDRAWN).shown()
    found: list[Any] = list(rows.order_by("drawn_at", "pk"))
    for ticket in found:
        ticket.verbs = available_actions(TICKET_ACTIONS, ticket, at)
    return found
