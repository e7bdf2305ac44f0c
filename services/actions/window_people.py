"""Whom a clerk takes into the register while they stand at the window."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from circle.actions import find_or_register
from circle.models import User
from services.actions.ticket_calls import name_ticket
from services.models import Ticket


@transaction.atomic
def register_at_window(
    *, ticket: Ticket, name: str, phone: str, born_on: dt.date | None, at: dt.datetime, by: User
) -> Ticket:
    """The person of this name and phone, else somebody new, and whose ticket it is.

    Refuses: born_in_future, name_missing, name_too_long, phone_invalid, and as `name_ticket`.
    """
    if born_on and born_on > localtime(at).date():
        raise ValidationError(_("This birthday lies in the future."), code="born_in_future")
    resident = find_or_register(community=ticket.community, name=name, phone=phone, at=at, by=by)
    if born_on and resident.born_on is None:
        resident.born_on = born_on
        resident.save(update_fields=["born_on"])
    return name_ticket(ticket=ticket, resident=resident, at=at, by=by)
