"""What a clerk sees at the window: whom they have in hand, who is next and why, who was put aside."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from circle.calendar.opening_hours import clock_text
from circle.models import User
from services.models import Counter, ServiceItem, Ticket
from services.models.tickets import MOST_CALLS

Status = Ticket.Status
SHOWN = 6  # of the line


@dataclass(frozen=True)
class Window:
    mine: Ticket | None
    following: list[Ticket]  # each with the `reason` why it stands there
    waiting: int
    aside: list[Ticket]
    others: list[Counter]
    items: list[ServiceItem]

    @property
    def can_call_again(self) -> bool:
        return self.mine is not None and self.mine.status == Status.CALLED and self.mine.calls < MOST_CALLS


def window_of(counter: Counter, user: User, at: dt.datetime) -> Window:
    """Five queries."""
    shown = Ticket.objects.shown().select_related("booking__slot")
    today = shown.filter(day=localdate(at)).for_counter(counter)
    line: list[Any] = list(today.waiting().in_line(at))
    for ticket in line[:SHOWN]:
        ticket.reason = reason_of(ticket, at)
    others = Counter.objects.working().filter(facility=counter.facility_id).exclude(pk=counter.pk)
    return Window(
        mine=shown.in_hand_of(user).first(),
        following=line[:SHOWN],
        waiting=len(line),
        aside=list(today.filter(status__in=[Status.SKIPPED, Status.PARKED]).order_by("status_at")),
        others=list(others.order_by("code")),
        items=list(counter.items.offered(localdate(at)).order_by("code")),
    )


def reason_of(ticket: Ticket, at: dt.datetime) -> str:
    if ticket.booking and ticket.first_from == ticket.booking.slot.starts_at:
        time = clock_text(localtime(ticket.booking.slot.starts_at))
        return _("booked for %(time)s") % {"time": time}
    if ticket.is_first(at):
        return _("sent here") if ticket.for_counter_id else _("comes back")
    if ticket.priority:
        return pgettext("ticket", "priority: %(reason)s") % {"reason": ticket.get_priority_display()}
    return _("here since %(time)s") % {"time": clock_text(localtime(ticket.drawn_at))}
