"""Typing in the numbers of the printed pad, which were given while the network was down."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.models import Facility, User
from services.actions.ticket_draws import is_clerk_of, record_drawn
from services.models import Ticket
from services.models.tickets import MOST_ON_PAD, PAD_PREFIX

Origin, Status = Ticket.Origin, Ticket.Status
PAD_DAYS = dt.timedelta(days=7)  # printed numbers are typed in so much later at most


@transaction.atomic
def enter_pad_number(
    *, facility: Facility, number: int, drawn_at: dt.datetime, is_done: bool, at: dt.datetime, by: User
) -> Ticket:
    """Type in a number of the printed pad, which was given while the network was down.

    Refuses: not_allowed, pad_number (none of the pad), pad_time (in the future, or more than a week ago),
    number_taken (typed in already).
    """
    if not is_clerk_of(by, facility):
        raise ValidationError(_("Only staff may do it in this way."), code="not_allowed")
    if not 1 <= number <= MOST_ON_PAD:
        raise ValidationError(
            _("The pad has numbers from 1 to %(most)s."), code="pad_number", params={"most": MOST_ON_PAD}
        )
    if not at - PAD_DAYS <= drawn_at <= at:
        raise ValidationError(_("This time is ahead of us, or too long ago."), code="pad_time")
    ticket = Ticket(
        community_id=facility.community_id,
        facility=facility,
        day=localtime(drawn_at).date(),
        prefix=PAD_PREFIX,
        number=number,
        origin=Origin.PAD,
        drawn_at=drawn_at,
        status=Status.DONE if is_done else Status.WAITING,
        status_at=at,
    )
    if not is_done and ticket.day != localtime(at).date():
        ticket.status = Status.LEFT
    try:
        with transaction.atomic():
            ticket.save(force_insert=True)
    except IntegrityError as clash:
        raise ValidationError(
            _("This number of that day has been typed in already."), code="number_taken"
        ) from clash
    record_drawn(ticket, at, by)
    return ticket
